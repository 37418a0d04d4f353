import { NumberId, WorkspaceId } from "@earwitness/shared";
import { z } from "zod";

/** What a room must know of a number to answer without the database. Published to KV by the outbox. */
export const RoutingSnapshot = z.object({
  v: z.literal(1),
  version: z.int(),
  workspaceId: WorkspaceId,
  numberId: NumberId,
  e164: z.string(),
  announcement: z.string().nullable(),
  recordInbound: z.boolean(),
  recordOutbound: z.boolean(),
  language: z.string().nullable(),
  keyTerms: z.array(z.string()),
  /** Snapshots that were published before there were captions do not say. */
  liveCaptions: z.boolean().default(true),
});
export type RoutingSnapshot = z.infer<typeof RoutingSnapshot>;

/** The KV key under which a number's snapshot lies. */
export function routingKey(e164: string): string {
  return `number:${e164}`;
}
