import type { CallCommand, CallEvent, TelephonyOutcome } from "@earwitness/core";
import { withinLimit } from "@earwitness/shared";
import { errorFields, type Logger } from "@earwitness/shared/log";
import type { RoomServices } from "../services.ts";
import { backoffMs } from "./backoff.ts";
import type { OpenCommand } from "./open-commands.ts";

/**
 * The carrier ignores a command that it has had within 60 s (`command_id`). After that the same command may act twice, so
 * none is sent again: its failure is told instead. Hanging up twice does no harm and goes on as long as it has attempts.
 */
const COMMAND_LIFE_MS = 50_000;
const MAX_ATTEMPTS = 7;
const RETRY = { firstMs: 500, longestMs: 15_000 };
/** A look at the settings is worth three seconds of ringing, not more: without them the call is answered unrecorded. */
const ROUTING_LIFE_MS = 3000;
const ROUTING_TIME_LIMIT_MS = 1000;
const ROUTING_RETRY = { firstMs: 100, longestMs: ROUTING_TIME_LIMIT_MS };

/** What became of one attempt: the command's last word, or another attempt later. */
export type Attempt =
  | { readonly kind: "final"; readonly event: CallEvent }
  | { readonly kind: "retry"; readonly afterMs: number };

type CarrierCommand = Exclude<CallCommand, { kind: "find_routing" }>;

/** Makes one attempt at a command. Whatever happens is an attempt's outcome: it never rejects. */
export function carryOut(open: OpenCommand, services: RoomServices, log: Logger): Promise<Attempt> {
  const { command } = open;
  return command.kind === "find_routing"
    ? findRouting(command, open, services, log)
    : sendToCarrier(command, open, services, log);
}

async function sendToCarrier(
  command: CarrierCommand,
  open: OpenCommand,
  services: RoomServices,
  log: Logger,
): Promise<Attempt> {
  const isMortal = command.kind !== "hangup";
  const ageMs = Date.now() - open.givenAtMs;
  const outcome = isMortal && ageMs > COMMAND_LIFE_MS ? tooOld : await send(command, services);
  const final: Attempt = { kind: "final", event: { type: "command_done", key: command.key, outcome } };
  if (outcome.kind === "accepted" || outcome.kind === "call_gone") return final;
  const fields = { command: command.kind, commandKey: command.key, outcomeCode: outcome.code };
  if (outcome.kind === "refused") {
    log.warn("The carrier refused a command.", fields);
    return final;
  }
  const backoff = backoffMs(open.attempts, RETRY);
  const afterMs = Math.max(outcome.retryAfterMs ?? 0, backoff);
  if (open.attempts + 1 < MAX_ATTEMPTS && !(isMortal && ageMs + afterMs > COMMAND_LIFE_MS)) {
    return { kind: "retry", afterMs };
  }
  log.error("A command to the carrier was given up.", fields);
  return final;
}

const tooOld: TelephonyOutcome = {
  kind: "failed",
  code: "too_late",
  message: "It could not be sent while the carrier would have known a repetition of it.",
  retryAfterMs: null,
};

async function send(command: CarrierCommand, services: RoomServices): Promise<TelephonyOutcome> {
  try {
    return await services.telephony.send(command);
  } catch (error) {
    // The port promises outcomes; what it throws all the same must not stop the loop.
    return { kind: "failed", code: "internal", message: errorFields(error).error, retryAfterMs: null };
  }
}

async function findRouting(
  { key, e164 }: Extract<CallCommand, { kind: "find_routing" }>,
  open: OpenCommand,
  services: RoomServices,
  log: Logger,
): Promise<Attempt> {
  try {
    const result = await withinLimit(services.findRouting(e164), ROUTING_TIME_LIMIT_MS);
    return { kind: "final", event: { type: "routing_resolved", key, result } };
  } catch (error) {
    if (Date.now() - open.givenAtMs < ROUTING_LIFE_MS) {
      return { kind: "retry", afterMs: backoffMs(open.attempts, ROUTING_RETRY) };
    }
    log.error("A number's settings could not be read.", errorFields(error));
    const result = { kind: "unreadable" as const, reason: errorFields(error).error };
    return { kind: "final", event: { type: "routing_resolved", key, result } };
  }
}
