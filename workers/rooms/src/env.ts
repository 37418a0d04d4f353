import type { CallRoomDoor, WorkspaceRoomDoor } from "@earwitness/core";
import { binding, origin } from "@earwitness/shared/env";
import { z } from "zod";

/** The environment of the rooms worker: its bindings are made by wrangler, its vars and secrets by people. */
export const RoomsEnv = z.object({
  CALL_ROOM: binding<{ getByName(name: string): Pick<CallRoomDoor, "closeSession" | "renewSession"> }>(),
  WORKSPACE_ROOM: binding<{ getByName(name: string): Pick<WorkspaceRoomDoor, "watched"> }>(),
  FACTS: binding<Queue>(),
  ROUTING: binding<KVNamespace>(),
  TELNYX_BASE_URL: z.url(),
  TELNYX_API_KEY: z.string().min(1),
  TELNYX_CONNECTION_ID: z.string().regex(/^\d+$/),
  WEBHOOKS_ORIGIN: origin,
  RECORDINGS: binding<R2Bucket>(),
  /** `wss://` host of the streaming transcriber; its key may be empty, then there are no captions. */
  ASSEMBLYAI_STREAMING_URL: z.url(),
  ASSEMBLYAI_API_KEY: z.string().default(""),
  /** Signs tickets between our own workers: the same in api, rooms and webhooks. */
  LIVE_SECRET: z.string().min(32),
});
export type RoomsEnv = z.infer<typeof RoomsEnv>;
