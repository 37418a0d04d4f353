import {
  type Admission,
  type LiveTranscriber,
  mediaPath,
  type RoutingResult,
  RoutingSnapshot,
  routingKey,
  type Telephony,
  type Watcher,
} from "@earwitness/core";
import { createTelnyxTelephony } from "@earwitness/providers/telephony";
import { createAssemblyAiLiveTranscriber } from "@earwitness/providers/transcriber";
import { type FactsMessage, withinLimit } from "@earwitness/shared";
import { oncePerEnv, parseEnv } from "@earwitness/shared/env";
import { RoomsEnv } from "./env.ts";

/** A room answers another in milliseconds; a session that was closed is to be out of every room within 5 s. */
const ROOM_TIME_LIMIT_MS = 2_000;

/** What a room uses of the world. */
export interface RoomServices {
  readonly telephony: Telephony;
  /** Reads a number's settings. Throws when the store does not answer. */
  findRouting(e164: string): Promise<RoutingResult>;
  announceFacts(message: FactsMessage): Promise<void>;
  /** Makes captions; null where no key is set. */
  readonly liveTranscriber: LiveTranscriber | null;
  /** Where pieces of sound are put. */
  readonly recordings: Pick<R2Bucket, "put">;
  /**
   * Tells the watcher's workspace that a room is watched by their session, so that it is closed there with the session, and
   * gives its last word on them. Throws when the workspace's room does not answer.
   */
  admitWatcher(room: string, watcher: Watcher): Promise<Admission>;
  /** Closes a session's sockets in a call's room. Throws when it does not answer. */
  closeSessionIn(room: string, sessionId: string): Promise<void>;
  /** Has a session's sockets in a call's room come back. Throws when it does not answer. */
  renewSessionIn(room: string, sessionId: string): Promise<void>;
  /** Signs and reads tickets. */
  readonly liveSecret: string;
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
    liveTranscriber:
      env.ASSEMBLYAI_API_KEY === ""
        ? null
        : createAssemblyAiLiveTranscriber({
            streamingUrl: env.ASSEMBLYAI_STREAMING_URL,
            apiKey: env.ASSEMBLYAI_API_KEY,
          }),
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
    admitWatcher: (room, { workspaceId, sessionId, asOf }) =>
      withinLimit(env.WORKSPACE_ROOM.getByName(workspaceId).watched(room, sessionId, asOf), ROOM_TIME_LIMIT_MS),
    closeSessionIn: (room, sessionId) =>
      withinLimit(env.CALL_ROOM.getByName(room).closeSession(sessionId), ROOM_TIME_LIMIT_MS),
    renewSessionIn: (room, sessionId) =>
      withinLimit(env.CALL_ROOM.getByName(room).renewSession(sessionId), ROOM_TIME_LIMIT_MS),
    liveSecret: env.LIVE_SECRET,
  };
}
