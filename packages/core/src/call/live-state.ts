import type { LiveCallState } from "@earwitness/shared";
import { reasonNotToRecord } from "./advance-call.ts";
import { answeredAtOf, ownLeg } from "./leg.ts";
import type { CallState, MachineState } from "./machine-state.ts";
import { type Deed, isOn, type Switch } from "./steering.ts";
import type { Stream } from "./stream.ts";

/**
 * What those who watch a call are shown of it; null while no call has begun. Whether its captions come is the room's to
 * know: here they are `running` as soon as they are to be made.
 */
export function liveStateOf(state: MachineState): LiveCallState | null {
  if (state.phase === "awaited") return null;
  const { call } = state;
  const { hold, mute, pause, transfer } = call.steering;
  const answeredAt = answeredAtOf(call);
  return {
    phase: state.phase === "ended" ? "ended" : answeredAt === null ? "ringing" : "live",
    startedAt: call.startedAt ?? ownLeg(call)?.startedAt ?? state.since,
    answeredAt,
    recording: recordingOf(state),
    paused: deedOf(pause),
    held: deedOf(hold),
    muted: deedOf(mute),
    transfer:
      transfer === null
        ? null
        : { by: transfer.by, at: transfer.at, to: transfer.to, state: transfer.phase, reason: transfer.reason },
    media: call.stream?.phase ?? "none",
    captions: hasCaptions(state) ? "running" : "off",
  };
}

/** Before anybody talks there is no stream; what the number's settings say, will be, unless it is known that none are found. */
function hasCaptions({ phase, call }: CallState): boolean {
  if (phase === "talking" || phase === "ended") return call.stream !== null;
  if (call.snapshot === null) return call.unroutedReason === null;
  return call.snapshot.liveCaptions && reasonNotToRecord(call) === null;
}

/** The stream that is wished for now, and how far it has come; null for a call that has none, or is over. */
export function wishedStream(state: MachineState): Pick<Stream, "key" | "phase" | "startedAt"> | null {
  return state.phase === "talking" ? state.call.stream : null;
}

/** Tells whether nothing of what is said may be kept or captioned at this moment. */
export function isPaused(state: MachineState): boolean {
  return state.phase === "talking" && isOn(state.call.steering.pause);
}

/** Tells whether music is played to the other side at this moment. */
export function isHeld(state: MachineState): boolean {
  return state.phase !== "awaited" && isOn(state.call.steering.hold);
}

function deedOf({ wished }: Switch): Deed | null {
  return wished?.isOn ? { by: wished.by, at: wished.at } : null;
}

function recordingOf(state: CallState): LiveCallState["recording"] {
  if (state.phase !== "talking" && state.phase !== "ended") return "none";
  switch (state.recording) {
    case "not_begun":
    case "none":
      return "none";
    case "requested":
      return state.phase === "ended" ? "over" : "asked";
    case "running":
      return state.phase === "ended" ? "over" : isPaused(state) ? "paused" : "running";
    case "told":
      return "over";
  }
}
