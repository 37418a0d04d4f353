import type { CarrierEvent } from "../ports/telephony.ts";
import { steered } from "./ask-carrier.ts";
import { type Decision, decided, ignored } from "./decision.ts";
import { HOLD_SOUND } from "./hold-call.ts";
import { isOwnLeg } from "./leg.ts";
import type { MachineState } from "./machine-state.ts";
import { commandFailed } from "./refusal.ts";
import { isOn } from "./steering.ts";

/** A sound is over. One that the carrier took but could not play is told; a hold without music is none. */
export function hearPlayEnded(
  state: MachineState,
  at: string,
  event: Extract<CarrierEvent, { type: "play_ended" }>,
): Decision {
  if (state.phase !== "talking" || !isOwnLeg(state.call, event.leg.legId) || event.failure === null) {
    return ignored(state);
  }
  const { hold } = state.call.steering;
  const isHold = event.sound === null ? isOn(hold) : event.sound === HOLD_SOUND;
  const refusal = { code: event.failure, message: "The carrier could not play the sound." };
  const facts = [commandFailed(isHold ? "hold" : "play_sound", at, refusal)];
  if (!isHold || !isOn(hold)) return decided(state, { facts });
  return decided({ ...state, call: steered(state.call, { hold: { wished: null, taken: null } }) }, { facts });
}
