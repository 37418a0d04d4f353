import type { CompleteUpload } from "@earwitness/shared";
import type { SoundFacts } from "./look-at-sound.ts";
import { CLOCK_TOLERANCE_MS } from "./said-of-call.ts";

/** What was said of the call against what its sound tells: why it cannot be of it, as a sentence, or null. */
export function faultOfCall(
  { callerChannel, startedAt }: Extract<CompleteUpload, { kind: "recording" }>,
  { channels, durationMs }: SoundFacts,
  now: Date,
): string | null {
  if (callerChannel > channels) return `The caller was said to be on channel ${callerChannel}; it has one channel.`;
  if (Date.parse(startedAt) + durationMs > now.getTime() + CLOCK_TOLERANCE_MS) {
    return "By its beginning and its length the call would not be over yet.";
  }
  return null;
}
