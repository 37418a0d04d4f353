import { createTelnyxVerifier, type TelnyxVerifier } from "@earwitness/providers/telephony";
import { parseEnv } from "@earwitness/shared/env";
import { type CallRooms, WebhooksEnv } from "./env.ts";

/** What the door uses of the world. */
export interface DoorServices {
  readonly rooms: CallRooms;
  readonly notices: WebhooksEnv["NOTICES"];
  readonly verifyTelnyx: TelnyxVerifier;
  readonly assemblyAiSecret: string;
}

const known = new WeakMap<object, DoorServices>();

/** The services of an environment, made once for an isolate. Throws where the environment is not complete. */
export function doorServices(env: object): DoorServices {
  const made = known.get(env) ?? makeServices(parseEnv(WebhooksEnv, env));
  known.set(env, made);
  return made;
}

function makeServices(env: WebhooksEnv): DoorServices {
  return {
    rooms: env.CALL_ROOM,
    notices: env.NOTICES,
    verifyTelnyx: createTelnyxVerifier(env.TELNYX_PUBLIC_KEY),
    assemblyAiSecret: env.ASSEMBLYAI_WEBHOOK_SECRET,
  };
}
