import type { MailNoticeRepository } from "@earwitness/core";
import { eq } from "drizzle-orm";
import { mailNotices } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

export function mailNoticeRepository({ db }: Scope): MailNoticeRepository {
  return {
    async keep(notice) {
      const kept = await db.insert(mailNotices).values(notice).onConflictDoNothing().returning({ id: mailNotices.id });
      return kept.length > 0;
    },
    async markApplied(id, at) {
      await db.update(mailNotices).set({ appliedAt: at }).where(eq(mailNotices.id, id));
    },
  };
}
