import type { SteerCall } from "@earwitness/shared";
import { ask, steered, steerKey } from "./ask-carrier.ts";
import { hangUpKey } from "./call-command.ts";
import { RING_TIMEOUT_MS } from "./deadline.ts";
import { holdCall, resumeCall } from "./hold-call.ts";
import { ownLeg } from "./leg.ts";
import { muteSide } from "./mute-side.ts";
import { pauseRecording, resumeRecording } from "./pause-recording.ts";
import { roomOfCall } from "./room-of-call.ts";
import { isOn } from "./steering.ts";
import { begun, refused, type Talking, type Verdict, type Wisher } from "./verdict.ts";

/** The longest of our sounds lasts 2 s: the same one wished for meanwhile is the same wish of somebody else. */
const SOUND_LASTS_MS = 2000;

/** Decides upon a wish about a call whose sides are through to each other. */
export function decideWish(state: Talking, wisher: Wisher, wish: SteerCall): Verdict {
  const leg = ownLeg(state.call);
  if (leg === null) return refused("The call had no line yet.");
  const { controlId } = leg;
  switch (wish.action) {
    case "hold":
      return holdCall(state, wisher, controlId);
    case "resume":
      return resumeCall(state, wisher, controlId);
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
      reason: null,
    },
  });
  const room = roomOfCall(call);
  const command = { kind: action, key, controlId, room, to, from, ringTimeoutMs: RING_TIMEOUT_MS } as const;
  return begun(state, ask(next, { action, by, at, detail: to, command }));
}
