import { z } from "zod";
import { CallId, JobId, UploadId } from "../ids.ts";
import { Instant } from "./call.ts";

export const UploadKind = z.enum(["recording", "screenshot", "avatar"]);
export type UploadKind = z.infer<typeof UploadKind>;
export const UploadState = z
  .enum(["awaited", "checking", "accepted", "refused"])
  .describe(
    "Announced, and in quarantine as soon as it arrives; being compared with what was announced; taken over; deleted",
  );
export type UploadState = z.infer<typeof UploadState>;

export const AnnounceUpload = z
  .object({
    kind: UploadKind,
    contentType: z.string().max(100),
    sizeBytes: z.int().min(1),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in lower-case hex")
      .describe("Of the bytes, in lower-case hex"),
  })
  .meta({ id: "AnnounceUpload" });
export type AnnounceUpload = z.infer<typeof AnnounceUpload>;

/** Where and how to put the bytes: exactly this request, until it expires. */
export const AnnouncedUpload = z
  .object({
    id: UploadId,
    method: z.literal("PUT"),
    url: z.string(),
    headers: z.record(z.string(), z.string()).describe("To be sent as they are; the length goes by itself"),
    expiresAt: Instant.describe("When the put must have begun"),
  })
  .meta({ id: "AnnouncedUpload" });
export type AnnouncedUpload = z.infer<typeof AnnouncedUpload>;

/** What is said of an upload once its bytes are there. */
export const CompleteUpload = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("recording"),
    direction: z.enum(["inbound", "outbound"]),
    from: z.string().max(40).describe("A phone number in international form"),
    to: z.string().max(40).describe("A phone number in international form"),
    startedAt: Instant.describe("When the file begins"),
    callerChannel: z.int().min(1).max(2).default(1).describe("Of the file's channels, the one of the other party"),
    language: z.string().max(35).nullable().default(null).describe("BCP 47; null lets the transcriber detect it"),
  }),
  z.strictObject({
    kind: z.literal("screenshot"),
    callId: CallId,
    caption: z.string().max(500).nullable().default(null),
  }),
  z.strictObject({ kind: z.literal("avatar") }),
]);
export type CompleteUpload = z.infer<typeof CompleteUpload>;

export const UploadView = z
  .object({
    id: UploadId,
    kind: UploadKind,
    state: UploadState,
    contentType: z.string(),
    sizeBytes: z.int(),
    sha256: z.string(),
    reason: z.string().nullable().describe("Why it was refused"),
    callId: CallId.nullable().describe("The call that a recording became, or that a screenshot belongs to"),
    jobId: JobId.nullable().describe(
      "The job that checks a recording: null before it is complete, and once the job is forgotten. A picture has none",
    ),
    createdAt: Instant,
    expiresAt: Instant,
  })
  .meta({ id: "UploadView" });
export type UploadView = z.infer<typeof UploadView>;

/** A picture that somebody attached to a call. */
export const ScreenshotView = z
  .object({
    id: UploadId,
    callId: CallId,
    caption: z.string().nullable(),
    contentType: z.string(),
    sizeBytes: z.int(),
    sha256: z.string(),
    by: z.string().describe("Id of the person or key that attached it"),
    byName: z.string().nullable(),
    createdAt: Instant,
    url: z.string().describe("The picture itself: an address of this API"),
  })
  .meta({ id: "ScreenshotView" });
export type ScreenshotView = z.infer<typeof ScreenshotView>;
export const ScreenshotList = z.object({ screenshots: z.array(ScreenshotView) }).meta({ id: "ScreenshotList" });
