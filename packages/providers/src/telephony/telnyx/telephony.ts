import type { Telephony, TelephonyCommand, TelephonyOutcome } from "@earwitness/core";
import { z } from "zod";
import type { HttpOutcome } from "../../http/index.ts";
import { requestTelnyx, type TelnyxAccess, telnyxErrorOf, telnyxRetryAfterMs } from "./api.ts";
import { type TelnyxRoute, wireCommandOf } from "./commands.ts";

/**
 * Telnyx advises to send a command again when nothing came within 500 ms; a slow but living answer is worth waiting for,
 * since the one who waits is a room and not a person.
 */
const COMMAND_TIME_LIMIT_MS = 4000;

const CALL_HAS_ENDED = "90018";
/** The leg is there, but not yet so far: not answered (90034), or no audio yet (90020). The same command works in a moment. */
const TOO_EARLY: ReadonlySet<string> = new Set(["90034", "90020"]);

const Dialed = z.object({
  data: z.object({ call_control_id: z.string(), call_leg_id: z.string(), call_session_id: z.string() }),
});

const Conference = z.object({ data: z.object({ id: z.string() }) });

/** The carrier Telnyx, as a room uses it. */
export function createTelnyxTelephony(options: TelnyxAccess & TelnyxRoute): Telephony {
  return {
    name: "telnyx",
    async send(command) {
      const { path, json } = await wireCommandOf(command, options);
      const timeLimitMs = COMMAND_TIME_LIMIT_MS;
      return outcomeOf(command, await requestTelnyx(options, { method: "POST", path, json, timeLimitMs }));
    },
  };
}

function outcomeOf(command: TelephonyCommand, outcome: HttpOutcome): TelephonyOutcome {
  if (outcome.kind === "ok") return acceptedOf(command, outcome.body);
  const said = telnyxErrorOf(outcome.body);
  const { code, message } = said ?? {
    code: outcome.kind === "refused" ? `http_${outcome.status}` : outcome.code,
    message: outcome.message,
  };
  if (code === CALL_HAS_ENDED) return { kind: "call_gone" };
  if (outcome.kind === "failed") return { kind: "failed", code, message, retryAfterMs: telnyxRetryAfterMs(outcome) };
  if (TOO_EARLY.has(code)) return { kind: "failed", code, message, retryAfterMs: null };
  return { kind: "refused", code, message };
}

function acceptedOf(command: TelephonyCommand, body: unknown): TelephonyOutcome {
  if (command.kind === "dial") return dialedOf(body);
  if (command.kind !== "conference_create") return { kind: "accepted" };
  const parsed = Conference.safeParse(body);
  return { kind: "accepted", ...(parsed.success ? { conferenceId: parsed.data.data.id } : {}) };
}

/** An accepted dial names its leg. Where it does not, the leg's first notice does. */
function dialedOf(body: unknown): TelephonyOutcome {
  const parsed = Dialed.safeParse(body);
  if (!parsed.success) return { kind: "accepted" };
  const { call_control_id: controlId, call_leg_id: legId, call_session_id: sessionId } = parsed.data.data;
  return { kind: "accepted", dialed: { controlId, legId, sessionId } };
}
