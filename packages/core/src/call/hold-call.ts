import { ask, steered, steerKey } from "./ask-carrier.ts";
import type { Call } from "./machine-state.ts";
import { begun, refused, type Talking, type Verdict, type Wisher } from "./verdict.ts";

/** The name of the music, as it is asked of the carrier and told back. */
export const HOLD_SOUND = "hold";

/** Holds the call: whoever is on its line hears music until it is resumed. */
export function holdCall(state: Talking, { by, at, n }: Wisher, controlId: string): Verdict {
  const { wished } = state.call.steering.hold;
  if (wished?.isOn) return { kind: "already", deed: wished };
  const action = "hold";
  const key = steerKey(state.call, action, n);
  const turned = turnHold(state.call, { isOn: true, by, at, key });
  const command = { kind: "play_start" as const, key, controlId, sound: HOLD_SOUND, isLooped: true };
  return begun(state, ask(turned, { action, by, at, detail: null, command }));
}

/** Lets a call that is on hold go on. */
export function resumeCall(state: Talking, { by, at, n }: Wisher, controlId: string): Verdict {
  const { wished } = state.call.steering.hold;
  if (wished === null) return refused("The call was not on hold.");
  if (!wished.isOn) return { kind: "already", deed: wished };
  return begun(state, endHold(state.call, { by, at, n }, controlId));
}

/** Ends the hold: the music stops, and the call is shown as going on. */
export function endHold(call: Call, { by, at, n }: Wisher, controlId: string): Call {
  const action = "resume";
  const key = steerKey(call, action, n);
  const turned = turnHold(call, { isOn: false, by, at, key });
  return ask(turned, { action, by, at, detail: null, command: { kind: "play_stop", key, controlId } });
}

function turnHold(call: Call, wished: NonNullable<Call["steering"]["hold"]["wished"]>): Call {
  return steered(call, { hold: { ...call.steering.hold, wished } });
}
