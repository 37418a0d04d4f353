import type { CallRoomDoor } from "@earwitness/core";
import type { MailNoticeMessage, NoticeMessage } from "@earwitness/shared";
import { binding } from "@earwitness/shared/env";
import { z } from "zod";

/** The rooms as this worker sees them: by name, through their door, which sockets pass as requests. */
export interface CallRooms {
  getByName(name: string): Pick<CallRoomDoor, "deliver"> & Pick<Fetcher, "fetch">;
}

/** The environment of the webhooks worker: its bindings are made by wrangler, its secrets by people. */
export const WebhooksEnv = z.object({
  CALL_ROOM: binding<CallRooms>(),
  NOTICES: binding<Queue<NoticeMessage>>(),
  MAIL_NOTICES: binding<Queue<MailNoticeMessage>>(),
  TELNYX_PUBLIC_KEY: z.base64().length(44),
  /** It is all that proves a transcriber's notice, so it is long. */
  ASSEMBLYAI_WEBHOOK_SECRET: z.string().min(32),
  /** As Resend shows it: `whsec_` and base64. Without one, as where mails go out another way, its notices are refused. */
  RESEND_WEBHOOK_SECRET: z.union([z.literal(""), z.string().regex(/^whsec_[A-Za-z0-9+/]{32,}=*$/)]).default(""),
  /** Signs tickets between our own workers: the same in api, rooms and webhooks. */
  LIVE_SECRET: z.string().min(32),
});
export type WebhooksEnv = z.infer<typeof WebhooksEnv>;
