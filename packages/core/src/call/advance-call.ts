import { commandKey } from "./call-command.ts";
import type { RoutingResult } from "./call-event.ts";
import { type Decision, decided } from "./decision.ts";
import { startStream } from "./keep-stream.ts";
import { answeredAtOf, ownLeg } from "./leg.ts";
import type { Call, MachineState } from "./machine-state.ts";
import { roomOfCall } from "./room-of-call.ts";

/** Said where nobody has told us what to say: a caller must not wonder whether the words are kept. */
export const UNROUTED_ANNOUNCEMENT = { text: "This call is not recorded.", language: "en-US" };

/** Takes the number's settings and answers. Without settings the call is answered too, and not recorded. */
export function takeRouting(
  state: Extract<MachineState, { phase: "routing" }>,
  at: string,
  result: RoutingResult,
): Decision {
  const call = result.kind === "found" ? routed(state.call, result.snapshot) : unrouted(state.call, result);
  const facts = [{ type: "call.routed" as const, at, snapshot: call.snapshot }];
  if (answeredAtOf(call) !== null) {
    const next = proceedAfterAnswer(call, at);
    return { ...next, facts: [...facts, ...next.facts] };
  }
  const answering = { phase: "answering" as const, call, since: at, acceptedAt: null };
  const leg = ownLeg(call);
  if (call.ending !== null || leg === null) return decided(answering, { facts });
  return decided(answering, {
    facts,
    commands: [
      { kind: "answer", key: commandKey(call.callId, "answer"), room: roomOfCall(call), controlId: leg.controlId },
    ],
  });
}

/** What follows the answer: first whether a person answered, if that was asked for; then the announcement. */
export function proceedAfterAnswer(call: Call, at: string): Decision {
  if (call.detectMachine && call.machineResult === null && call.ending === null) {
    return decided({ phase: "detecting", call, since: at });
  }
  return announce(call, at);
}

/** Speaks the announcement, or goes straight on where there is none. */
export function announce(call: Call, at: string): Decision {
  const announcement = announcementOf(call);
  const leg = ownLeg(call);
  if (announcement === null || leg === null || call.ending !== null) return beginTalk(call, at);
  const { text, language } = announcement;
  return decided(
    { phase: "announcing", call, since: at, text },
    {
      commands: [{ kind: "speak", key: commandKey(call.callId, "speak"), controlId: leg.controlId, text, language }],
    },
  );
}

/** Starts recording, and the stream for captions, if the number's settings say so; says why not where they do not. */
export function beginTalk(call: Call, at: string): Decision {
  const leg = ownLeg(call);
  // Somebody wants the call over: nothing more is begun, and its end will say that nothing was recorded.
  if (call.ending !== null || leg === null) {
    return decided({ phase: "talking", call, since: at, recording: "not_begun" });
  }
  const reason = reasonNotToRecord(call);
  if (reason !== null) {
    return decided(
      { phase: "talking", call, since: at, recording: "none" },
      { facts: [{ type: "recording.not_made", at, reason }] },
    );
  }
  const streamed = startStream(call, at);
  return decided(
    { phase: "talking", call: streamed.call, since: at, recording: "requested" },
    {
      commands: [
        { kind: "record_start", key: commandKey(call.callId, "record_start"), controlId: leg.controlId },
        ...streamed.commands,
      ],
    },
  );
}

/** Why this call is not to be recorded, in words for a person; null when it is. */
export function reasonNotToRecord(call: Call): string | null {
  if (call.snapshot === null) return call.unroutedReason ?? "The number's settings were not known in time.";
  if (call.direction === "inbound") {
    return call.snapshot.recordInbound ? null : "The number's settings say not to record calls that come in.";
  }
  return call.snapshot.recordOutbound ? null : "The number's settings say not to record calls that go out.";
}

function announcementOf(call: Call): { text: string; language: string | null } | null {
  if (call.snapshot === null) return UNROUTED_ANNOUNCEMENT;
  const { announcement: text, language } = call.snapshot;
  if (text === null) return null;
  // Whoever is called hears it only when it is true; a caller also hears it as the number's greeting.
  if (call.direction === "outbound" && reasonNotToRecord(call) !== null) return null;
  return { text, language };
}

function routed(call: Call, snapshot: NonNullable<Call["snapshot"]>): Call {
  return { ...call, snapshot, workspaceId: snapshot.workspaceId, numberId: snapshot.numberId };
}

function unrouted(call: Call, result: Exclude<RoutingResult, { kind: "found" }>): Call {
  const unroutedReason =
    result.kind === "none"
      ? "The number has no settings here, so nobody has said that it may be recorded."
      : "The number's settings could not be read when the call came in.";
  return { ...call, unroutedReason };
}
