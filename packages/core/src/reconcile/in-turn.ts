import { EarwitnessError } from "@earwitness/shared";
import type { Context } from "../context.ts";
import type { CallRecord } from "../projection/call-record.ts";

/** After so many answers that may be better later the carrier counts as away, and the run as over: each may take its time limit. */
const MAX_AWAY = 10;

/**
 * Asks about each call, one after the other, and adds up what was found. A call about which asking fails keeps the others from
 * nothing; when some have failed, throws after the rest.
 */
export async function inTurn(
  ctx: Pick<Context, "log">,
  calls: readonly CallRecord[],
  ask: (call: CallRecord) => Promise<number>,
): Promise<number> {
  let found = 0;
  let away = 0;
  const failures: unknown[] = [];
  for (const call of calls) {
    if (away >= MAX_AWAY) break;
    try {
      found += await ask(call);
    } catch (error) {
      failures.push(error);
      if (!(error instanceof EarwitnessError) || error.retryable) away++;
      ctx.log.warn("A call could not be asked about", { callId: call.id, reason: String(error) });
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `Of ${calls.length} calls ${failures.length} failed.`);
  return found;
}
