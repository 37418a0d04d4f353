import { createResendVerifier, type ResendVerifier } from "@earwitness/providers/mailer";
import { createTelnyxVerifier, type TelnyxVerifier } from "@earwitness/providers/telephony";
import { oncePerEnv, parseEnv } from "@earwitness/shared/env";
import { type CallRooms, WebhooksEnv } from "./env.ts";

/** What the door uses of the world. */
export interface DoorServices {
  readonly rooms: CallRooms;
  readonly notices: WebhooksEnv["NOTICES"];
  readonly mailNotices: WebhooksEnv["MAIL_NOTICES"];
  /** Null where no notices of the mail service are awaited. */
  readonly verifyResend: ResendVerifier | null;
  readonly verifyTelnyx: TelnyxVerifier;
  readonly assemblyAiSecret: string;
  /** Proves the addresses that our rooms give to the carrier. */
  readonly liveSecret: string;
}

/** The services of an environment, made once for an isolate. Throws where the environment is not complete. */
export const doorServices = oncePerEnv((env): DoorServices => makeServices(parseEnv(WebhooksEnv, env)));

function makeServices(env: WebhooksEnv): DoorServices {
  return {
    rooms: env.CALL_ROOM,
    notices: env.NOTICES,
    mailNotices: env.MAIL_NOTICES,
    verifyResend: env.RESEND_WEBHOOK_SECRET === "" ? null : createResendVerifier(env.RESEND_WEBHOOK_SECRET),
    verifyTelnyx: createTelnyxVerifier(env.TELNYX_PUBLIC_KEY),
    assemblyAiSecret: env.ASSEMBLYAI_WEBHOOK_SECRET,
    liveSecret: env.LIVE_SECRET,
  };
}
