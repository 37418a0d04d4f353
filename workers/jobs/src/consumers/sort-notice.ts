import { readTelnyxNoticeHead, roomOfTelnyxNotice } from "@earwitness/providers/telephony";
import { readTranscriptNotice } from "@earwitness/providers/transcriber";
import type { NoticeMessage } from "@earwitness/shared";

/**
 * A notice with the room that it is of. One that its door could not read is read once more: it may have come to a version that knew
 * less than this one. What still cannot be read stays as it is.
 */
export function sortNotice(message: NoticeMessage): NoticeMessage {
  const { room, notice } = message;
  if (notice.verdict === "readable") return message;
  switch (notice.vendor) {
    case "telnyx": {
      const head = readTelnyxNoticeHead(notice.body);
      if (head === null) return message;
      const { eventId, eventType } = head;
      return { room: roomOfTelnyxNotice(head), notice: { ...notice, eventId, eventType, verdict: "readable" } };
    }
    case "assemblyai": {
      const told = readTranscriptNotice(notice.body);
      if (told === null) return message;
      const { eventId, status } = told;
      return { room, notice: { ...notice, eventId, eventType: `transcript.${status}`, verdict: "readable" } };
    }
  }
}
