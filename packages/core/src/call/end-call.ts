import { reasonNotToRecord } from "./advance-call.ts";
import { steered } from "./ask-carrier.ts";
import { type Decision, decided, ignored, type Told } from "./decision.ts";
import type { CallFact } from "./fact.ts";
import { concludeTransfer } from "./follow-transfer.ts";
import { hangupCauseOf } from "./hangup-cause.ts";
import { answeredAtOf } from "./leg.ts";
import type { Call, CallState, End, EndedState, LiveState } from "./machine-state.ts";
import { tellResumed } from "./pause-recording.ts";

/** What the carrier's hang-up notice says. */
export interface HangUpNotice {
  readonly at: string;
  readonly carrierCause: string;
  readonly source: "caller" | "callee" | "unknown";
  readonly sipCode: string | null;
}

/** The end as the carrier's notice tells it. */
export function toldEnd(call: Call, notice: HangUpNotice): End {
  return {
    at: notice.at,
    cause: hangupCauseOf({
      carrierCause: notice.carrierCause,
      sipCode: notice.sipCode,
      isAnswered: answeredAtOf(call) !== null,
      endedFor: call.ending?.by ?? null,
    }),
    endedBy: endedByOf(call, notice.source),
    carrierCause: notice.carrierCause,
    sipCode: notice.sipCode,
    isInferred: false,
  };
}

/** The end as it must be concluded where no notice tells it: `unanswered` is the cause if nobody is known to have answered. */
export function inferredEnd(
  call: Call,
  at: string,
  unanswered: End["cause"],
  answered: End["cause"] = "completed",
): End {
  return {
    at,
    cause: inferredCause(call, unanswered, answered),
    endedBy: call.ending === null ? "unknown" : "us",
    carrierCause: null,
    sipCode: null,
    isInferred: true,
  };
}

/** Ends a call on the line. An answered second that was not recorded is told, with the reason. */
export function endCall(state: LiveState, call: Call, end: End, loggedAt: string): Decision {
  const facts: CallFact[] = [];
  let recording = state.phase === "talking" ? state.recording : "not_begun";
  if (recording === "not_begun") {
    recording = "none";
    if (answeredAtOf(call) !== null) {
      const reason = reasonNotToRecord(call) ?? "The call ended before the recording began.";
      facts.push({ type: "recording.not_made", at: end.at, reason });
    }
  }
  const line = leaveLine(call, end.at);
  return decided(
    { phase: "ended", call: line.call, since: loggedAt, end, recording },
    { facts: [...facts, ...line.facts, callEnded(call, end)] },
  );
}

/** The carrier says that the line is over: its hang-up notice is on its way, and a deadline stands behind it. */
export function lineGone(state: CallState, at: string): Decision {
  if (state.phase === "ended" || state.call.goneAt !== null) return ignored(state);
  return decided({ ...state, call: { ...state.call, goneAt: at } });
}

/** Lets go of what needs a line: the stream, what was asked of the carrier, a pause and a transfer that go on. */
function leaveLine(call: Call, at: string): Told {
  const resumed = tellResumed(call, at, null);
  const concluded = concludeTransfer(resumed.call, { at }, "The call ended before anybody answered.");
  const left = { ...steered(concluded.call, { asked: [] }), stream: null };
  return { call: left, facts: [...resumed.facts, ...concluded.facts] };
}

/** Tells the end again, because a late notice corrected it. The record keeps the last one told. */
export function correctEnd(state: EndedState, call: Call, end: End): Decision {
  return decided({ ...state, call, end }, { facts: [callEnded(call, end)] });
}

/**
 * An ended call turns out to have been answered. Its cause may be another one now, and it has answered seconds: where nothing was
 * recorded of them, that is told with the reason.
 */
export function hearLateAnswer(state: EndedState, call: Call): Decision {
  const corrected = correctEnd(state, call, endWithLateAnswer(call, state.end));
  if (state.recording !== "none" || call.recordings.length > 0) return corrected;
  const reason = reasonNotToRecord(call) ?? "That it was answered became known only after its end.";
  const notMade: CallFact = { type: "recording.not_made", at: state.end.at, reason };
  return { ...corrected, facts: [notMade, ...corrected.facts] };
}

/** The end of an ended call after its answer came late: only the cause can change by it. */
function endWithLateAnswer(call: Call, end: End): End {
  if (end.carrierCause === null) return { ...end, cause: inferredCause(call, end.cause, "completed") };
  const { carrierCause, sipCode } = end;
  const endedFor = call.ending?.by ?? null;
  return { ...end, cause: hangupCauseOf({ carrierCause, sipCode, isAnswered: true, endedFor }) };
}

function inferredCause(call: Call, unanswered: End["cause"], answered: End["cause"]): End["cause"] {
  if (call.ending?.by === "machine_answered") return "machine";
  if (call.ending?.by === "dial_given_up") return "failed";
  if (answeredAtOf(call) !== null) return answered;
  return call.ending === null ? unanswered : "cancelled";
}

/** The carrier names sides of the line; ours is the callee of a call that came in and the caller of one that went out. */
function endedByOf(call: Call, source: HangUpNotice["source"]): End["endedBy"] {
  if (call.ending !== null) return "us";
  if (source === "unknown") return "unknown";
  const ours = call.direction === "inbound" ? "callee" : "caller";
  return source === ours ? "us" : source;
}

function callEnded(call: Call, end: End): CallFact {
  const answeredAt = answeredAtOf(call);
  const answeredMs = answeredAt === null ? 0 : Math.max(0, Date.parse(end.at) - Date.parse(answeredAt));
  const { isInferred: _, ...told } = end;
  return { type: "call.ended", ...told, answeredMs };
}
