import type { SteerCall } from "@earwitness/shared";
import { ask, steered, steerKey } from "./ask-carrier.ts";
import { hangUpKey } from "./call-command.ts";
import { RING_TIMEOUT_MS } from "./deadline.ts";
import type { CallFact } from "./fact.ts";
import { ownLeg } from "./leg.ts";
import type { Call, MachineState } from "./machine-state.ts";
import { muteSide } from "./mute-side.ts";
import { pauseRecording, resumeRecording } from "./pause-recording.ts";
import { roomOfCall } from "./room-of-call.ts";
import { type Deed, isOn } from "./steering.ts";

export type Talking = Extract<MachineState, { phase: "talking" }>;
/** Who wishes, when, and which entry of the log holds it. */
export type Wisher = Deed & { readonly n: number };

/** What is made of a wish: the state in which it has begun, whose earlier wish it repeats, or why it cannot be. */
export type Verdict =
  | { readonly kind: "begun"; readonly state: Talking; readonly facts: readonly CallFact[] }
  | { readonly kind: "already"; readonly deed: Deed }
  | { readonly kind: "refused"; readonly message: string };

/** The longest of our sounds lasts 2 s: the same one wished for meanwhile is the same wish of somebody else. */
const SOUND_LASTS_MS = 2000;
export const HOLD_SOUND = "hold";

/** Decides upon a wish about a call whose sides are through to each other. */
export function decideWish(state: Talking, wisher: Wisher, wish: SteerCall): Verdict {
  const leg = ownLeg(state.call);
  if (leg === null) return refused("The call had no line yet.");
  const { controlId } = leg;
  switch (wish.action) {
    case "hold":
      return hold(state, wisher, controlId);
    case "resume":
      return resume(state, wisher, controlId);
    case "pause_recording":
      return pauseRecording(state, wisher, controlId);
    case "resume_recording":
      return resumeRecording(state, wisher, controlId);
    case "send_dtmf":
      return sendDtmf(state, wisher, controlId, wish.digits);
    case "play_sound":
      return playSound(state, wisher, controlId, wish.sound);
    case "transfer":
      return transfer(state, wisher, controlId, wish.to);
    case "mute":
      return muteSide(state, wisher, true);
    case "unmute":
      return muteSide(state, wisher, false);
  }
}

function hold(state: Talking, { by, at, n }: Wisher, controlId: string): Verdict {
  const { wished } = state.call.steering.hold;
  if (wished?.isOn) return { kind: "already", deed: wished };
  const action = "hold";
  const key = steerKey(state.call, action, n);
  const turned = turnHold(state.call, { isOn: true, by, at, key });
  const command = { kind: "play_start" as const, key, controlId, sound: HOLD_SOUND, isLooped: true };
  return begun(state, ask(turned, { action, by, at, detail: null, command }));
}

function resume(state: Talking, { by, at, n }: Wisher, controlId: string): Verdict {
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

function sendDtmf(state: Talking, { by, at, n }: Wisher, controlId: string, digits: string): Verdict {
  const action = "send_dtmf";
  const command = { kind: action, key: steerKey(state.call, action, n), controlId, digits } as const;
  const tones = digits.replace(/w/gi, "").length;
  return begun(state, ask(state.call, { action, by, at, detail: String(tones), command }));
}

function playSound(state: Talking, { by, at, n }: Wisher, controlId: string, sound: string): Verdict {
  const { steering } = state.call;
  if (isOn(steering.hold)) return refused("The call was on hold. Resume it to play a sound.");
  const last = steering.sound;
  if (last?.name === sound && Date.parse(at) - Date.parse(last.at) < SOUND_LASTS_MS) {
    return { kind: "already", deed: last };
  }
  const action = "play_sound";
  const key = steerKey(state.call, action, n);
  const command = { kind: "play_start" as const, key, controlId, sound, isLooped: false };
  const call = steered(state.call, { sound: { name: sound, by, at } });
  return begun(state, ask(call, { action, by, at, detail: sound, command }));
}

function transfer(state: Talking, { by, at, n }: Wisher, controlId: string, to: string): Verdict {
  const { call } = state;
  const last = call.steering.transfer;
  if (last !== null && last.phase !== "failed") {
    if (last.to === to) return { kind: "already", deed: last };
    const where = last.phase === "connected" ? "had been transferred" : "was already being transferred";
    return refused(`The call ${where} to ${last.to}.`);
  }
  const action = "transfer";
  const key = steerKey(call, action, n);
  const from = call.snapshot?.e164 ?? (call.direction === "inbound" ? call.to : call.from);
  const next = steered(call, {
    transfer: {
      to,
      by,
      at,
      key,
      phase: "asked",
      legsBefore: call.legs.length,
      hangUpKey: hangUpKey(call.callId, n),
      isHungUp: false,
    },
  });
  const room = roomOfCall(call);
  const command = { kind: action, key, controlId, room, to, from, ringTimeoutMs: RING_TIMEOUT_MS } as const;
  return begun(state, ask(next, { action, by, at, detail: to, command }));
}

function turnHold(call: Call, wished: NonNullable<Call["steering"]["hold"]["wished"]>): Call {
  return steered(call, { hold: { ...call.steering.hold, wished } });
}

function begun(state: Talking, call: Call): Verdict {
  return { kind: "begun", state: { ...state, call }, facts: [] };
}

function refused(message: string): Verdict {
  return { kind: "refused", message };
}
