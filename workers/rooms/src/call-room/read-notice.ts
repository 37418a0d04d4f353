import type { CallEvent } from "@earwitness/core";
import { readTelnyxEvent } from "@earwitness/providers/telephony";
import { readTranscriptNotice } from "@earwitness/providers/transcriber";
import { isId, type RawNotice } from "@earwitness/shared";

/** Tells whether a notice was understood: one that was not is read once more when it comes again. */
export function isUnderstood(event: CallEvent | null): boolean {
  return event !== null && !(event.type === "carrier" && event.event.type === "other");
}

/** What a kept notice means for the call; null for one that is rightly signed but cannot be read. */
export function readNotice(notice: RawNotice): CallEvent | null {
  switch (notice.vendor) {
    case "telnyx": {
      // Its door did not know whose it is: it is of no call, and whoever knows better sends it to another room.
      if (notice.verdict === "unreadable") return null;
      const event = readTelnyxEvent(notice.body, notice.receivedAt);
      return event === null ? null : { type: "carrier", event };
    }
    case "assemblyai": {
      const told = readTranscriptNotice(notice.body);
      const recordingId = notice.callback.recording;
      // The notice names no call of ours; the address that we gave the vendor does.
      if (told === null || recordingId === undefined || !isId("recording", recordingId)) return null;
      const { vendorTranscriptionId, status } = told;
      return { type: "transcription_reported", recordingId, vendorTranscriptionId, status };
    }
  }
}
