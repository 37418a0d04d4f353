import type { CoverageView } from "@earwitness/shared";

type GapReason = CoverageView["missing"][number]["reason"];

/** Why a span is in no sound or in no caption, as the end of a sentence. `detail` is the vendor's own word. */
export function gapWords(reason: GapReason, detail: string | null): string {
  // It stands within a sentence, so that its own full stop goes.
  const own = detail === null ? "" : ` (${detail.replace(/\.$/, "")})`;
  switch (reason) {
    case "before_recording":
      return "the recording had not begun";
    case "not_recorded":
      return "the call was not recorded";
    case "paused":
      return "it was paused";
    case "frame_lost":
      return "frames were lost on the way from the carrier";
    case "media_lost":
      return `the carrier’s line of sound broke off${own}`;
    case "media_stalled":
      return "the carrier sent no sound";
    case "room_reset":
      return "our server was started anew";
    case "storage_failed":
      return `the storage did not take it${own}`;
    case "transcriber_closed":
      return `the transcriber closed${own} and was reopened`;
    case "transcriber_stalled":
      return "the transcriber fell silent and was reopened";
    case "transcriber_refused":
      return `the transcriber refused${own}`;
    case "transcriber_limit":
      return "the transcriber’s session was full and a new one was opened";
    case "carrier_lost":
      return `the carrier lost it${own}`;
    case "recording_awaited":
      return "the recording has not come yet";
    case "unknown":
      return "nobody told why";
  }
}
