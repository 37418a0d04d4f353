import type { MailNoticeRepository } from "@earwitness/core";
import { eq, isNull } from "drizzle-orm";
import { mailNotices } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

export function mailNoticeRepository({ db }: Scope): MailNoticeRepository {
  return {
    async keep(notice) {
      const unapplied = await db
        .insert(mailNotices)
        .values(notice)
        // Changes nothing, but gives a row that was kept without effect; of two at once the second waits for the first's.
        .onConflictDoUpdate({
          target: mailNotices.id,
          set: { id: notice.id },
          setWhere: isNull(mailNotices.appliedAt),
        })
        .returning({ id: mailNotices.id });
      return unapplied.length > 0;
    },
    async markApplied(id, at) {
      await db.update(mailNotices).set({ appliedAt: at }).where(eq(mailNotices.id, id));
    },
  };
}
