import type { ExpiryRepository, Perishable } from "@earwitness/core";
import { EarwitnessError } from "@earwitness/shared";
import { and, eq, inArray, lt, ne, or, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import {
  answeredRequests,
  contacts,
  cronRuns,
  deadLetters,
  idempotencyKeys,
  importRows,
  imports,
  jobs,
  mailNotices,
  mails,
  refreshTokens,
  sessions,
  tokenFamilies,
  uploads,
  verificationTokens,
} from "../schema/index.ts";
import type { Scope } from "../scope.ts";
import { amongPicked } from "./among-picked.ts";

/** Where each kind is kept, and which of it was over before a time. */
const KINDS: Readonly<Record<Perishable, { table: PgTable; overBefore(before: Date): SQL | undefined }>> = {
  session: { table: sessions, overBefore: (before) => lt(sessions.expiresAt, before) },
  sign_in_token: { table: verificationTokens, overBefore: (before) => lt(verificationTokens.expiresAt, before) },
  // Their refresh tokens go with them.
  token_family: { table: tokenFamilies, overBefore: (before) => lt(tokenFamilies.expiresAt, before) },
  spent_refresh_token: { table: refreshTokens, overBefore: (before) => lt(refreshTokens.usedAt, before) },
  idempotency_key: { table: idempotencyKeys, overBefore: (before) => lt(idempotencyKeys.createdAt, before) },
  answered_request: { table: answeredRequests, overBefore: (before) => lt(answeredRequests.begunAt, before) },
  // One that was accepted is what a call's pictures and recordings are told by.
  refused_upload: {
    table: uploads,
    overBefore: (before) => and(eq(uploads.state, "refused"), lt(uploads.settledAt, before)),
  },
  unused_import_line: {
    table: importRows,
    overBefore: (before) =>
      and(
        ne(importRows.state, "taken"),
        sql`${importRows.importId} in (select ${imports.id} from ${imports} where ${lt(imports.finishedAt, before)})`,
      ),
  },
  ended_job: {
    table: jobs,
    overBefore: (before) => and(lt(jobs.finishedAt, before), inArray(jobs.state, ["done", "cancelled"])),
  },
  dismissed_job: {
    table: jobs,
    overBefore: (before) => and(lt(jobs.finishedAt, before), eq(jobs.state, "dead"), lt(jobs.dismissedAt, before)),
  },
  // Nothing is settled before it is there, and by that time there is an index.
  settled_mail: { table: mails, overBefore: (before) => and(lt(mails.createdAt, before), lt(mails.settledAt, before)) },
  mail_notice: { table: mailNotices, overBefore: (before) => lt(mailNotices.receivedAt, before) },
  contact: { table: contacts, overBefore: (before) => lt(contacts.createdAt, before) },
  cron_run: { table: cronRuns, overBefore: (before) => lt(cronRuns.startedAt, before) },
  handled_dead_letter: {
    table: deadLetters,
    overBefore: (before) => or(lt(deadLetters.sentAgainAt, before), lt(deadLetters.dismissedAt, before)),
  },
};

export function expiryRepository({ db, actor }: Scope): ExpiryRepository {
  return {
    async remove(kind, before, limit) {
      if (actor.kind !== "system") throw new EarwitnessError("forbidden", "Only the system forgets.");
      const { table, overBefore } = KINDS[kind];
      // By where they lie, which holds while they are locked: two runs at once take different rows, of any table.
      const picked = db
        .select({ place: sql`ctid` })
        .from(table)
        .where(overBefore(before))
        .limit(limit)
        .for("update", { skipLocked: true });
      const { rowCount } = await db.delete(table).where(amongPicked(sql`ctid`, picked));
      return rowCount ?? 0;
    },
  };
}
