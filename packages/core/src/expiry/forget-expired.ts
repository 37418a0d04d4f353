import type { Context, SystemActor } from "../context.ts";
import { DAY_MS } from "../durations.ts";
import { REFRESH_TOKEN_MS } from "../identity/refresh-token.ts";
import { IMPORT_LINES_KEPT_MS } from "../import/import-subject.ts";
import { Perishable } from "./perishable.ts";

/** How long each kind is kept once its own time is over. */
const KEPT_FOR_MS: Readonly<Record<Perishable, number>> = {
  session: 0,
  sign_in_token: 0,
  token_family: 0,
  // One that comes again tells of a thief for as long as it might have been good.
  spent_refresh_token: REFRESH_TOKEN_MS,
  // Clients retry for minutes; after a day the same key is another wish.
  idempotency_key: DAY_MS,
  answered_request: DAY_MS,
  refused_upload: 30 * DAY_MS,
  // With the numbers in it. Those of a line that became a call go with the call.
  unused_import_line: IMPORT_LINES_KEPT_MS,
  ended_job: 30 * DAY_MS,
  cron_run: 30 * DAY_MS,
  // As long as the attempts of jobs that failed are kept.
  dismissed_job: 90 * DAY_MS,
  settled_mail: 90 * DAY_MS,
  mail_notice: 90 * DAY_MS,
  contact: 90 * DAY_MS,
  handled_dead_letter: 90 * DAY_MS,
};
/** A transaction that holds no more rows than this is over in milliseconds. */
const ROWS_AT_A_TIME = 500;
/** What is left after them is the next run's. */
const TIMES_PER_RUN = 40;

/**
 * Forgets what is past its time: sessions, tokens and keys, which count for nothing since then, and the traces of work that ended long
 * ago. This only keeps the tables as small as what is alive. Bounded in each run; twice, or at once, changes nothing. Returns
 * how many of each kind were forgotten, of those that were.
 */
export async function forgetExpired(ctx: Context<SystemActor>): Promise<Record<string, number>> {
  const now = ctx.clock.now().getTime();
  const forgotten: Record<string, number> = {};
  for (const kind of Perishable.options) {
    const count = await forget(ctx, kind, new Date(now - KEPT_FOR_MS[kind]));
    if (count > 0) forgotten[kind] = count;
  }
  return forgotten;
}

async function forget(ctx: Context<SystemActor>, kind: Perishable, before: Date): Promise<number> {
  let count = 0;
  for (let times = 0; times < TIMES_PER_RUN; times++) {
    const removed = await ctx.unitOfWork((tx) => tx.expiry.remove(kind, before, ROWS_AT_A_TIME));
    count += removed;
    if (removed < ROWS_AT_A_TIME) break;
  }
  return count;
}
