export { readTelnyxEvent } from "./telnyx/event.ts";
export { type MediaEncoding, type MediaFrame, mulawOfPayload, readTelnyxMediaFrame } from "./telnyx/media-frame.ts";
export { readTelnyxNoticeHead, roomOfTelnyxNotice, sortTelnyxNotice, type TelnyxNoticeHead } from "./telnyx/notice.ts";
export { createTelnyxRecords, type TelnyxRecordsSettings } from "./telnyx/records.ts";
export {
  createTelnyxVerifier,
  type SignatureFault,
  type SignedNotice,
  type TelnyxVerifier,
} from "./telnyx/signature.ts";
export { createTelnyxTelephony } from "./telnyx/telephony.ts";
