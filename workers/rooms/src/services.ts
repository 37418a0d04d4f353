import { mediaPath, type RoutingResult, RoutingSnapshot, routingKey, type Telephony } from "@earwitness/core";
import { createTelnyxTelephony } from "@earwitness/providers/telephony";
import type { FactsMessage } from "@earwitness/shared";
import { oncePerEnv, parseEnv } from "@earwitness/shared/env";
import { RoomsEnv } from "./env.ts";

/** What a room uses of the world. */
export interface RoomServices {
  readonly telephony: Telephony;
  /** Reads a number's settings. Throws when the store does not answer. */
  findRouting(e164: string): Promise<RoutingResult>;
  announceFacts(message: FactsMessage): Promise<void>;
  /** Where pieces of sound are put. */
  readonly recordings: Pick<R2Bucket, "put">;
}

/** The services of an environment, made once for all rooms of an isolate. Throws where the environment is not complete. */
export const roomServices = oncePerEnv((env): RoomServices => makeServices(parseEnv(RoomsEnv, env)));

function makeServices(env: RoomsEnv): RoomServices {
  const telephony = createTelnyxTelephony({
    baseUrl: env.TELNYX_BASE_URL,
    apiKey: env.TELNYX_API_KEY,
    connectionId: env.TELNYX_CONNECTION_ID,
    webhookUrl: `${env.WEBHOOKS_ORIGIN}/webhooks/telnyx`,
    soundsUrl: `${env.WEBHOOKS_ORIGIN}/audio`,
    mediaUrlOf: async (stream) =>
      env.WEBHOOKS_ORIGIN.replace(/^http/, "ws") + (await mediaPath(env.LIVE_SECRET, stream, new Date())),
  });
  return {
    telephony,
    recordings: env.RECORDINGS,
    async findRouting(e164) {
      const value: unknown = await env.ROUTING.get(routingKey(e164), "json");
      if (value === null) return { kind: "none" };
      const parsed = RoutingSnapshot.safeParse(value);
      if (parsed.success) return { kind: "found", snapshot: parsed.data };
      return { kind: "unreadable", reason: "The stored settings are not in a form that is known here." };
    },
    async announceFacts(message) {
      await env.FACTS.send(message);
    },
  };
}
