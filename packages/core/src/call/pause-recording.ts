import { ask, steered, steerKey } from "./ask-carrier.ts";
import type { Told } from "./decision.ts";
import type { CallFact } from "./fact.ts";
import type { Call } from "./machine-state.ts";
import type { Deed } from "./steering.ts";
import { begun, refused, type Talking, type Verdict, type Wisher } from "./verdict.ts";

/**
 * Pauses the recording. We keep nothing from this moment on; the carrier's file ends where the carrier takes the command. Where
 * the carrier records nothing (any more) but we keep the call's sound, the pause is ours alone.
 */
export function pauseRecording(state: Talking, { by, at, n }: Wisher, controlId: string): Verdict {
  const { call, recording } = state;
  const { pause } = call.steering;
  if (pause.wished?.isOn) return { kind: "already", deed: pause.wished };
  if (recording === "requested") return refused("The recording had not begun yet. Try again in a moment.");
  if (recording !== "running" && call.stream === null) return refused("Nothing was being recorded on this call.");
  const action = "pause_recording";
  const key = steerKey(call, action, n);
  const wished = { isOn: true, by, at, key };
  if (recording !== "running") {
    const told = tellPaused(steered(call, { pause: { wished, taken: wished } }), at, by);
    return begun(state, told.call, [...told.facts, steeredFact(action, { by, at })]);
  }
  const turned = steered(call, { pause: { ...pause, wished } });
  const command = { kind: "record_pause" as const, key, controlId };
  return begun(state, ask(turned, { action, by, at, detail: null, command }));
}

/** Lets the recording go on: we keep what is said from this moment on. */
export function resumeRecording(state: Talking, { by, at, n }: Wisher, controlId: string): Verdict {
  const { call, recording } = state;
  const { pause } = call.steering;
  if (pause.wished === null) return refused("The recording was not paused.");
  if (!pause.wished.isOn) return { kind: "already", deed: pause.wished };
  const action = "resume_recording";
  const key = steerKey(call, action, n);
  const wished = { isOn: false, by, at, key };
  const told = tellResumed(call, at, by);
  if (recording !== "running") {
    const over = steered(told.call, { pause: { wished, taken: wished } });
    return begun(state, over, [...told.facts, steeredFact(action, { by, at })]);
  }
  const turned = steered(told.call, { pause: { ...pause, wished } });
  const command = { kind: "record_resume" as const, key, controlId };
  const asked = ask(turned, { action, by, at, detail: null, command });
  return begun(state, asked, told.facts);
}

/** Tells that nothing is kept from `at` on, once for each pause. */
export function tellPaused(call: Call, at: string, by: string): Told {
  if (call.steering.isPauseTold) return { call, facts: [] };
  return { call: steered(call, { isPauseTold: true }), facts: [{ type: "recording.paused", at, by }] };
}

/** Tells that a pause is over; `by` is null where it was the end of the call. */
export function tellResumed(call: Call, at: string, by: string | null): Told {
  if (!call.steering.isPauseTold) return { call, facts: [] };
  return { call: steered(call, { isPauseTold: false }), facts: [{ type: "recording.resumed", at, by }] };
}

function steeredFact(action: string, { by, at }: Deed): CallFact {
  return { type: "call.steered", at, by, action, detail: null };
}
