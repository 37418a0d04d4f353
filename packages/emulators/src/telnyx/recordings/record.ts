import type { Carrier } from "../carrier.ts";
import type { Leg } from "../leg/leg.ts";
import { fileOf } from "./file.ts";
import { Recording, type RecordingOptions } from "./recording.ts";

/** Call milliseconds between a recording's end and its file: 0.8 s was seen live. */
const SAVING_MS = 800;
/** However fast the call runs, the file is not there at the very moment of the hang-up. */
const SAVING_AT_LEAST_REAL_MS = 20;

/** Starts to record a leg now. `maxLengthSecs` 0 = until the end of the call. */
export function startRecording(
  carrier: Carrier,
  leg: Leg,
  options: RecordingOptions & { readonly maxLengthSecs: number },
): Recording {
  const recording = new Recording(leg, options, leg.now);
  leg.recordings.push(recording);
  leg.note("audio", "recording started", { recordingId: recording.id });
  if (options.maxLengthSecs > 0) {
    leg.agenda.at(leg.now + options.maxLengthSecs * 1000, () => stopRecording(carrier, recording));
  }
  leg.conversation?.consider();
  return recording;
}

/** Ends a recording now; its file is there, and announced, a little later. A second time changes nothing. */
export function stopRecording(carrier: Carrier, recording: Recording): void {
  if (!recording.isOpen) return;
  const { leg } = recording;
  recording.endMs = leg.now;
  recording.resume(leg.now);
  leg.note("audio", "recording ended", { recordingId: recording.id });
  leg.agenda.at(Math.max(leg.now + SAVING_MS, leg.afterReal(SAVING_AT_LEAST_REAL_MS)), () => save(carrier, recording));
}

function save(carrier: Carrier, recording: Recording): void {
  const { leg, options } = recording;
  recording.savedAt = new Date().toISOString();
  const { startedAt, endedAt } = recordedInterval(recording);
  leg.notify("call.recording.saved", {
    ...leg.identifiers(),
    recording_id: recording.id,
    format: "wav",
    channels: options.channels,
    recording_started_at: startedAt,
    recording_ended_at: endedAt,
    // Here, and only here, these are the recording's and not the call's.
    start_time: startedAt,
    end_time: endedAt,
    recording_urls: { wav: carrier.downloadUrl(recording) },
    public_recording_urls: {},
  });
}

/** When a recording began and ended, as the API and the webhook say it. Where the file was asked to be longer than the call, the end follows it. */
export function recordedInterval(recording: Recording): { startedAt: string; endedAt: string } {
  const { clock, recordingBytes, now } = recording.leg;
  const { durationMs } = fileOf(recording);
  const endMs = recordingBytes === undefined ? (recording.endMs ?? now) : recording.startMs + durationMs;
  return { startedAt: clock.iso(recording.startMs), endedAt: clock.iso(endMs) };
}
