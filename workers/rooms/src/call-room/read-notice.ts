import type { CallEvent } from "@earwitness/core";
import { readTelnyxEvent } from "@earwitness/providers/telephony";
import { readTranscriptNotice } from "@earwitness/providers/transcriber";
import { isId, type RawNotice } from "@earwitness/shared";

/** What a kept notice means for the call; null for one that is rightly signed but not understood. */
export function readNotice(notice: RawNotice): CallEvent | null {
  if (notice.verdict === "unreadable") return null;
  switch (notice.vendor) {
    case "telnyx": {
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
