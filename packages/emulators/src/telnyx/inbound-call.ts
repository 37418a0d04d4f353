import type { Carrier } from "./carrier.ts";
import { announceLeg } from "./leg/announce-leg.ts";
import { Conversation, type Plan } from "./leg/conversation.ts";
import { endLeg } from "./leg/end-leg.ts";
import type { Leg } from "./leg/leg.ts";
import type { PauseMode } from "./recordings/recording.ts";

export interface InboundCall {
  readonly from: string;
  readonly to: string;
  readonly plan: Plan;
  /** Call milliseconds between the application's answer and the moment at which the call is answered. */
  readonly answerAfterMs: number;
  /** The caller gives up after this many real milliseconds of ringing; the carrier's default when not given. */
  readonly patienceMs: number | undefined;
  /** The caller hangs up this many call milliseconds after the answer, whatever is being said. */
  readonly hangupAfterMs: number | undefined;
  readonly recordingBytes: number | undefined;
  /** The carrier's own when not given. */
  readonly pauseMode: PauseMode | undefined;
  readonly codec: Leg["codec"];
  readonly frameMs: Leg["frameMs"];
}

/** Calls one of the account's numbers. The caller is one who waits for the application's answer, then talks. */
export function placeInboundCall(carrier: Carrier, call: InboundCall): Leg {
  const connectionId = carrier.numbers.get(call.to);
  if (connectionId === undefined) throw new Error(`${call.to} is not a number of this account.`);
  const leg = carrier.addLeg({ direction: "incoming", from: call.from, to: call.to, connectionId });
  leg.recordingBytes = call.recordingBytes;
  leg.pauseMode = call.pauseMode ?? leg.pauseMode;
  leg.codec = call.codec;
  leg.frameMs = call.frameMs;
  leg.answerAfterMs = call.answerAfterMs;
  leg.hangupAfterMs = call.hangupAfterMs;
  const conversation = new Conversation(leg, call.plan, (party, ending) => endLeg(carrier, party, ending));
  leg.conversation = conversation;
  announceLeg(leg);
  leg.agenda.at(leg.afterReal(call.patienceMs ?? carrier.settings.callerPatienceMs), () => {
    if (leg.state.kind !== "ringing" || leg.answering) return;
    endLeg(carrier, leg, {
      cause: call.plan.hangupCause ?? "originator_cancel",
      source: "caller",
      sip: "487",
    });
  });
  return leg;
}
