import type { CallRoomDoor, OutboxAlarmDoor, VendorGateDoor, VendorName, WorkspaceRoomDoor } from "@earwitness/core";
import { binding, oncePerEnv, origin, parseEnv } from "@earwitness/shared/env";
import { z } from "zod";

/** How mails go out. What a way does not need it is not asked for. */
const MailEnv = z.discriminatedUnion("MAIL_DRIVER", [
  z.object({ MAIL_DRIVER: z.literal("resend"), RESEND_BASE_URL: z.url(), RESEND_API_KEY: z.string().min(1) }),
  z.object({ MAIL_DRIVER: z.literal("cloudflare"), EMAIL: binding<SendEmail>() }),
  z.object({
    MAIL_DRIVER: z.literal("smtp"),
    SMTP_HOST: z.hostname(),
    // From a Worker, port 25 is closed. 465 is TLS from the first byte; on every other, TLS begins by STARTTLS.
    SMTP_PORT: z.coerce.number().int().min(26).max(65_535).default(465),
    SMTP_USERNAME: z.string().min(1),
    SMTP_PASSWORD: z.string().min(1),
  }),
]);
export type MailEnv = z.infer<typeof MailEnv>;

/** Everything that the jobs worker takes from outside. */
const JobsEnv = z
  .object({
    CALL_ROOM: binding<{
      getByName(name: string): Pick<CallRoomDoor, "deliver" | "factsAfter" | "confirm" | "observe">;
    }>(),
    WORKSPACE_ROOM: binding<{
      getByName(name: string): Pick<WorkspaceRoomDoor, "publish" | "closeSession" | "renewSession">;
    }>(),
    VENDOR_GATE: binding<{ getByName(name: VendorName): VendorGateDoor }>(),
    OUTBOX_ALARM: binding<{ getByName(name: "outbox"): OutboxAlarmDoor }>(),
    HYPERDRIVE: binding<{ readonly connectionString: string }>(),
    ROUTING: binding<KVNamespace>(),
    RECORDINGS: binding<R2Bucket>(),
    FACTS: binding<Queue>(),
    NOTICES: binding<Queue>(),
    MAIL_NOTICES: binding<Queue>(),
    RECORDING_JOBS: binding<Queue>(),
    TRANSCRIPT_JOBS: binding<Queue>(),
    MAIL_JOBS: binding<Queue>(),
    BULK_JOBS: binding<Queue>(),
    APP_ORIGIN: origin,
    WEBHOOKS_ORIGIN: origin,
    LINK_SECRET: z.string().min(32),
    MAIL_FROM: z.string().min(3),
    TELNYX_BASE_URL: z.url(),
    TELNYX_API_KEY: z.string().min(1),
    TELNYX_CONNECTION_ID: z.string().regex(/^\d+$/),
    ASSEMBLYAI_BASE_URL: z.url(),
    ASSEMBLYAI_API_KEY: z.string().min(1),
    ASSEMBLYAI_WEBHOOK_SECRET: z.string().min(32),
    R2_S3_ENDPOINT: z.url(),
    R2_BUCKET: z.string().min(3),
    R2_ACCESS_KEY_ID: z.string().min(1),
    R2_SECRET_ACCESS_KEY: z.string().min(1),
  })
  .and(MailEnv);
export type JobsEnv = z.infer<typeof JobsEnv>;

/** The environment, parsed once an isolate. Throws an error that names what is missing, never a value. */
export const envOf = oncePerEnv((raw) => parseEnv(JobsEnv, raw));
