import type { CarrierEvent } from "../ports/telephony.ts";
import type { CallCommand } from "./call-command.ts";
import { type Decision, decided, ignored } from "./decision.ts";
import { isOwnLeg, ownLeg } from "./leg.ts";
import { type Call, isLineHeld, type MachineState } from "./machine-state.ts";
import { namedStream } from "./media-address.ts";
import { roomOfCall } from "./room-of-call.ts";
import { lostStream, type Stream } from "./stream.ts";

type StreamNotice = Extract<CarrierEvent, { type: "stream_started" | "stream_stopped" | "stream_failed" }>;

/** Asks for the sound of a call that is recorded, if its number's settings say that it is captioned. */
export function startStream(call: Call, at: string): { call: Call; commands: CallCommand[] } {
  return call.snapshot?.liveCaptions ? askForStream(call, { n: 1, failures: 0, at }) : { call, commands: [] };
}

/** The carrier's socket has come. A stream that was given up meanwhile is welcome as long as no other was asked for. */
export function openMedia(state: MachineState, at: string, key: string): Decision {
  const stream = streamOf(state, key);
  if (stream === null || stream.phase === "open") return ignored(state);
  const { n, failures } = stream;
  // After a loss it is another socket: its first frame is not the one whose beginning the carrier has told.
  const startedAt = stream.phase === "lost" ? null : stream.startedAt;
  return withStream(state, { phase: "open", key, n, failures, startedAt, openedAt: at });
}

/** No sound comes any more over the stream of that key. */
export function loseMedia(state: MachineState, at: string, key: string): Decision {
  const stream = streamOf(state, key);
  if (stream === null || stream.phase === "lost") return ignored(state);
  return withStream(state, lostStream(stream, at));
}

/** What the carrier says of a stream. Its notice names it by our address; without one it can only be the current one. */
export function hearStream(state: MachineState, at: string, event: StreamNotice): Decision {
  if (state.phase !== "talking" || !isOwnLeg(state.call, event.leg.legId)) return ignored(state);
  const key = namedStream(event.url)?.key ?? state.call.stream?.key ?? "";
  if (event.type !== "stream_started") return loseMedia(state, at, key);
  const stream = streamOf(state, key);
  if (stream === null || stream.startedAt !== null) return ignored(state);
  return withStream(state, { ...stream, startedAt: event.at });
}

/** Asks for the next stream when the last one is lost long enough; gives one up whose socket did not come in time. */
export function passStreamDeadline(state: MachineState, at: string): Decision {
  if (state.phase !== "talking" || state.call.stream === null) return ignored(state);
  const { stream } = state.call;
  if (stream.phase !== "lost") return loseMedia(state, at, stream.key);
  const { call, commands } = askForStream(state.call, { n: stream.n + 1, failures: stream.failures, at });
  return decided({ ...state, call }, { commands });
}

/** The stream of that key if it is the current one of a call on the line. */
export function streamOf(state: MachineState, key: string): Stream | null {
  const stream = state.phase === "talking" ? state.call.stream : null;
  return stream?.key === key ? stream : null;
}

/** The call goes on with its stream in that state; nothing changes about one that is not on the line. */
export function withStream(state: MachineState, stream: Stream): Decision {
  return state.phase === "talking" ? decided({ ...state, call: { ...state.call, stream } }) : ignored(state);
}

function askForStream(
  call: Call,
  { n, failures, at }: { n: number; failures: number; at: string },
): { call: Call; commands: CallCommand[] } {
  const leg = ownLeg(call);
  if (leg === null || !isLineHeld(call)) return { call, commands: [] };
  const key = `${call.callId}.stream_start.${n}`;
  const stream: Stream = { phase: "opening", key, n, failures, startedAt: null, askedAt: at, acceptedAt: null };
  return {
    call: { ...call, stream, wasStreamed: true },
    commands: [{ kind: "stream_start", key, room: roomOfCall(call), controlId: leg.controlId }],
  };
}
