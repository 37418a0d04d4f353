import type { RecordingRecord } from "../ports/repositories/index.ts";
import type { AudioMeasure } from "./measure-audio.ts";

/** The carrier's clock stamps and its samples never agree to the millisecond; this much is nobody's word. */
const TOLERANCE_MS = 1_000;
const TOLERANCE_SHARE = 0.02;

/** What the file lacks against what the carrier said of it, as a sentence; null when it holds what it should. */
export function compareWithCarrier(recording: RecordingRecord, { wav }: AudioMeasure): string | null {
  if (wav === null) return null;
  const notes: string[] = [];
  if (wav.isTruncated) notes.push("The file ends before the length that its own header gives.");
  if (wav.channels !== recording.channels) {
    notes.push(`The file has ${wav.channels} channels; the carrier announced ${recording.channels}.`);
  }
  const announcedMs = announcedDurationMs(recording);
  if (announcedMs !== null) {
    const missingMs = announcedMs - wav.durationMs;
    if (Math.abs(missingMs) > Math.max(TOLERANCE_MS, announcedMs * TOLERANCE_SHARE)) {
      notes.push(`The file holds ${seconds(wav.durationMs)} s; the carrier announced ${seconds(announcedMs)} s.`);
    }
  }
  return notes.length === 0 ? null : notes.join(" ");
}

/** From start to end as the carrier gave them; null when it did not. */
export function announcedDurationMs({ startedAt, endedAt }: RecordingRecord): number | null {
  if (startedAt === null || endedAt === null) return null;
  return Math.max(0, endedAt.getTime() - startedAt.getTime());
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
