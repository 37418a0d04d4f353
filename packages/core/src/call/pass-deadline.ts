import { announce, beginTalk, takeRouting } from "./advance-call.ts";
import { deadlineOf } from "./deadline.ts";
import { type Decision, decided, ignored } from "./decision.ts";
import { endCall, inferredEnd } from "./end-call.ts";
import { passTransferDeadline } from "./follow-transfer.ts";
import { beginWithoutFirst } from "./hear-carrier.ts";
import { answerLeg } from "./hear-leg.ts";
import { passStreamDeadline } from "./keep-stream.ts";
import { ownLeg } from "./leg.ts";
import type { End, LiveState, MachineState } from "./machine-state.ts";
import { giveUpDial } from "./take-outcome.ts";

type Logged = { readonly at: string; readonly n: number; readonly seed: string };

/** What is done when the awaited did not come. A deadline that the state no longer has changes nothing. */
export function passDeadline(state: MachineState, logged: Logged, name: string): Decision {
  const deadline = deadlineOf(state);
  if (deadline === null || deadline.name !== name || Date.parse(logged.at) < Date.parse(deadline.at)) {
    return ignored(state);
  }
  if (state.phase === "awaited") return beginWithoutFirst(state, logged);
  if (state.phase === "ended") {
    const reason = "The carrier has not told of the recording, and does not know it when asked.";
    return decided({ ...state, recording: "none" }, { facts: [{ type: "recording.failed", at: logged.at, reason }] });
  }
  if (deadline.name === "line_gone") {
    const { goneAt, ending } = state.call;
    const unanswered = state.call.direction === "inbound" ? "cancelled" : "no_answer";
    return conclude(state, logged, goneAt ?? ending?.at ?? logged.at, unanswered);
  }
  if (deadline.name === "stream_due") return passStreamDeadline(state, logged.at);
  if (deadline.name === "transfer_unheard") return passTransferDeadline(state, logged);
  return passPhaseDeadline(state, logged);
}

function passPhaseDeadline(state: LiveState, logged: Logged): Decision {
  switch (state.phase) {
    case "routing":
      return takeRouting(state, logged.at, { kind: "unreadable", reason: "no answer in time" });
    case "answering": {
      const leg = ownLeg(state.call);
      // The carrier took the answer, so the line is open: only the notice was lost.
      if (state.acceptedAt !== null && leg !== null) {
        return answerLeg(state, { ...leg, answeredAt: state.acceptedAt, isAnswerInferred: true }, logged.at);
      }
      return conclude(state, logged, logged.at, "failed");
    }
    case "dialing":
      return giveUpDial(state, logged, {
        kind: "failed",
        code: "timeout",
        message: "The carrier did not answer.",
        retryAfterMs: null,
      });
    case "ringing":
      return conclude(state, logged, logged.at, "no_answer");
    case "detecting":
      return announce(state.call, logged.at);
    case "announcing":
      return beginTalk(state.call, logged.at);
    case "talking":
      return conclude(state, logged, logged.at, "failed", "time_limit");
  }
}

function conclude(
  state: LiveState,
  logged: Logged,
  at: string,
  unanswered: End["cause"],
  answered?: End["cause"],
): Decision {
  return endCall(state, state.call, inferredEnd(state.call, at, unanswered, answered), logged.at);
}
