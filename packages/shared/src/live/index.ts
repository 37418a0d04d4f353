import { z } from "zod";
import { CallId, WorkspaceId } from "../ids.ts";

/**
 * What a browser hears on `/live`. Every frame carries the workspace's rising sequence number; a client that reconnects with
 * `?after=<seq>` gets what it missed, or `reset` when that is no longer kept: then it refetches everything on screen.
 */
export const LiveFrame = z.discriminatedUnion("type", [
  z.object({ v: z.literal(1), seq: z.int(), type: z.literal("hello"), workspaceId: WorkspaceId }),
  z.object({ v: z.literal(1), seq: z.int(), type: z.literal("reset") }),
  z.object({
    v: z.literal(1),
    seq: z.int(),
    type: z.literal("changed"),
    entity: z.enum(["call", "transcript", "recording", "number"]),
    callId: CallId.nullable(),
  }),
]);
export type LiveFrame = z.infer<typeof LiveFrame>;

/** A change worth telling, before it has its sequence number. */
export const LiveNews = z.object({
  entity: z.enum(["call", "transcript", "recording", "number"]),
  callId: CallId.nullable(),
});
export type LiveNews = z.infer<typeof LiveNews>;

/** Documented close codes of `/live`. */
export const LIVE_CLOSE = { unauthenticated: 4401, forbiddenOrigin: 4403, tooSlow: 4408, goingAway: 1001 } as const;

/** Clients send the text `ping` every 30 s; the object answers `pong` without waking. */
export const LIVE_PING = "ping";
export const LIVE_PONG = "pong";
