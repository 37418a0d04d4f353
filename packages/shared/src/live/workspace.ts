import { z } from "zod";
import { CallId, WorkspaceId } from "../ids.ts";

/** `job`: one was begun, got on, or ended; `export`, `import`: likewise. `workspace`: its settings or members; `me`: what whoever listens may do here may have changed. */
const Entity = z.enum([
  "call",
  "transcript",
  "recording",
  "number",
  "note",
  "workspace",
  "me",
  "job",
  "export",
  "import",
]);

/**
 * What a browser hears of its workspace on `/live`. Every frame carries the workspace's rising sequence number; a client that
 * reconnects with `?after=<seq>` gets what it missed, or `reset` when that is no longer kept: then it refetches everything on
 * screen.
 */
export const LiveFrame = z.discriminatedUnion("type", [
  z
    .object({ v: z.literal(1), seq: z.int(), type: z.literal("hello"), workspaceId: WorkspaceId })
    .describe("The first frame. `seq` is where the client is: what follows has the numbers after it."),
  z
    .object({ v: z.literal(1), seq: z.int(), type: z.literal("reset") })
    .describe("What was missed is not kept any more: fetch everything on screen anew."),
  z
    .object({
      v: z.literal(1),
      seq: z.int(),
      type: z.literal("changed"),
      entity: Entity,
      callId: CallId.nullable(),
    })
    .describe("Something of the workspace changed: fetch it anew."),
]);
export type LiveFrame = z.infer<typeof LiveFrame>;

/** A change worth telling, before it has its sequence number. */
export const LiveNews = z.object({ entity: Entity, callId: CallId.nullable() });
export type LiveNews = z.infer<typeof LiveNews>;
