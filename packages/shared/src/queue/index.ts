import { z } from "zod";
import { JobId } from "../ids.ts";

/** Messages carry ids, never payloads: the handler reads the row as it is now. The exception is a notice whose room did not answer. */
export const FactsMessage = z.object({ room: z.string().max(200), upTo: z.int() });
export type FactsMessage = z.infer<typeof FactsMessage>;

export const JobMessage = z.object({ jobId: JobId });
export type JobMessage = z.infer<typeof JobMessage>;

export const Vendor = z.enum(["telnyx", "assemblyai"]);
export type Vendor = z.infer<typeof Vendor>;

/** A vendor's verified notice, byte for byte, on its way to a room. `body` stays under 64 KiB, so it fits a queue message. */
export const RawNotice = z.object({
  vendor: Vendor,
  /** The vendor's own id of the event: the key by which repeats are known. */
  eventId: z.string().max(200),
  eventType: z.string().max(100),
  receivedAt: z.iso.datetime(),
  /** Query parameters of our own callback URL, such as the recording that a transcript is for. */
  callback: z.record(z.string(), z.string()),
  body: z.string(),
  /** `unreadable`: rightly signed, but not something that we understand. It is kept and flagged. */
  verdict: z.enum(["readable", "unreadable"]),
});
export type RawNotice = z.infer<typeof RawNotice>;

export const NoticeMessage = z.object({ room: z.string().max(200), notice: RawNotice });
export type NoticeMessage = z.infer<typeof NoticeMessage>;

/** The mail service's verified notice, byte for byte, on its way to the record: as `RawNotice`, under 64 KiB. */
export const MailNoticeMessage = z.object({
  /** The service's own id of the event: the key by which repeats are known. */
  id: z.string().min(1).max(200),
  receivedAt: z.iso.datetime(),
  body: z.string(),
});
export type MailNoticeMessage = z.infer<typeof MailNoticeMessage>;
