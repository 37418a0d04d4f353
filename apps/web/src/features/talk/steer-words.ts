import type { SteerCall, SteerTaken } from "@earwitness/shared";
import { took } from "../../format/time.ts";

/** What somebody did before us, and that it happened once. `who did` … `before you`. `it is so`. */
const DEEDS: Record<SteerCall["action"], { did: string; once: string }> = {
  hold: { did: "put this call on hold", once: "It is held once." },
  resume: { did: "took this call off hold", once: "It goes on." },
  mute: { did: "muted our side", once: "It is muted once." },
  unmute: { did: "unmuted our side", once: "It is heard." },
  transfer: { did: "transferred this call", once: "It is transferred once." },
  send_dtmf: { did: "sent these digits", once: "They are sent once." },
  pause_recording: { did: "paused this recording", once: "It is paused once." },
  resume_recording: { did: "resumed this recording", once: "It runs." },
  play_sound: { did: "played this sound", once: "It is played once." },
};

/** `Priya paused this recording 2 s before you. It is paused once.` */
export function alreadyWords(action: SteerCall["action"], taken: SteerTaken, ownId: string | undefined, now: number) {
  const { did, once } = DEEDS[action];
  const agoMs = Math.max(0, Math.round((now - Date.parse(taken.at)) / 1_000) * 1_000);
  const ago = agoMs < 60_000 ? `${agoMs / 1_000}\u00a0s` : took(agoMs);
  const isOwn = taken.by === ownId;
  const who = isOwn ? "You" : (taken.byName ?? "Somebody");
  return `${who} ${did} ${ago} ${isOwn ? "ago" : "before you"}. ${once}`;
}

/** The first sentence of a refusal: what did not happen. The server's own sentence follows it. */
export const REFUSED: Record<SteerCall["action"], string> = {
  hold: "Not put on hold.",
  resume: "Still on hold.",
  mute: "Not muted.",
  unmute: "Still muted.",
  transfer: "Not transferred.",
  send_dtmf: "The digits were not sent.",
  pause_recording: "The recording was not paused.",
  resume_recording: "The recording is still paused.",
  play_sound: "Nothing was played.",
};
