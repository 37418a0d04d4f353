import { idFromUuid } from "@earwitness/shared";
import type { CarrierRecording } from "../ports/telephony.ts";
import { type Decision, decided, ignored } from "./decision.ts";
import type { CallFact } from "./fact.ts";
import type { CallState, ToldRecording } from "./machine-state.ts";

/** A recording as the carrier tells of it, by notice or when asked. */
export interface SavedRecording {
  readonly carrierLegId: string;
  readonly carrierRecordingId: string | null;
  readonly channels: number;
  readonly format: "wav" | "mp3";
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly url: string | null;
}

/** Far more than pauses and transfers make; the carrier's later ones are still in its own list. */
const MAX_RECORDINGS = 100;

/**
 * Of a leg's two channels the first is the leg's own party, the second everyone else, and the leg that we record is
 * always that of the other side (Telnyx: "first leg on A, all others on B").
 */
const REMOTE_PARTYS_CHANNEL = 1;

/** Tells of a recording, once, however often and in whichever words the carrier tells of it. */
export function saveRecording(state: CallState, logged: { at: string; seed: string }, saved: SavedRecording): Decision {
  const { call } = state;
  const { carrierLegId, carrierRecordingId, startedAt } = saved;
  if (call.recordings.some((told) => isSameRecording(told, saved))) return ignored(state);
  if (call.recordings.length >= MAX_RECORDINGS) return ignored(state);
  const recordingId = idFromUuid("recording", logged.seed);
  const told = { recordingId, carrierRecordingId, carrierLegId, startedAt };
  const nextCall = { ...call, recordings: [...call.recordings, told] };
  const facts: CallFact[] = [
    {
      type: "recording.saved",
      at: saved.endedAt ?? logged.at,
      recordingId,
      ...saved,
      callerChannel: REMOTE_PARTYS_CHANNEL,
    },
  ];
  if (state.phase !== "talking" && state.phase !== "ended") return decided({ ...state, call: nextCall }, { facts });
  if (state.recording === "requested") facts.unshift({ type: "recording.started", at: startedAt ?? logged.at });
  const isOurs = state.recording === "requested" || state.recording === "running";
  return decided({ ...state, call: nextCall, recording: isOurs ? "told" : state.recording }, { facts });
}

/** The carrier's list of recordings in the words of its notice. */
export function savedFromCarrier(recording: CarrierRecording): SavedRecording {
  const { carrierLegId, carrierRecordingId, channels, startedAt, endedAt, urls } = recording;
  const format = urls.wav === undefined && urls.mp3 !== undefined ? "mp3" : "wav";
  return { carrierLegId, carrierRecordingId, channels, format, startedAt, endedAt, url: urls[format] ?? null };
}

/**
 * By the carrier's id where both tell it. Else by leg and, where both tell it, by start, compared to the millisecond because notices carry
 * microseconds and the carrier's list does not.
 */
function isSameRecording(told: ToldRecording, saved: SavedRecording): boolean {
  if (told.carrierRecordingId !== null && saved.carrierRecordingId !== null) {
    return told.carrierRecordingId === saved.carrierRecordingId;
  }
  if (told.carrierLegId !== saved.carrierLegId) return false;
  if (told.startedAt === null || saved.startedAt === null) return true;
  return Date.parse(told.startedAt) === Date.parse(saved.startedAt);
}
