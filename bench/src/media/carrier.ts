import path from "node:path";
import { z } from "zod";
import { startLineProcess } from "../line-process.ts";

export const StreamOrder = z.object({
  /** A call each. */
  urls: z.array(z.url()).min(1),
  seconds: z.number().positive(),
  /** Whether a socket that was closed is opened again. */
  reopens: z.boolean(),
  /** How long the sockets stay open after the last frame. */
  lingerMs: z.int().nonnegative(),
});
export type StreamOrder = z.infer<typeof StreamOrder>;

export const StreamReport = z.object({
  framesSent: z.int(),
  framesMissed: z.int(),
  timesReopened: z.int(),
  /** 99 of 100 frames left less than this after their time. */
  lateMsP99: z.number(),
});
export type StreamReport = z.infer<typeof StreamReport>;

/** The carrier's side of many calls' media sockets, in a process of its own. */
export interface Carrier {
  /** Streams both tracks of each call at real pace for `seconds`. Throws when a socket cannot be opened. */
  stream(order: StreamOrder): Promise<StreamReport>;
  close(): Promise<void>;
}

/** Starts it. Close it. */
export function startCarrier(): Carrier {
  const lines = startLineProcess(path.join(import.meta.dirname, "carrier-process.ts"));
  return { stream: (order) => lines.ask(order, StreamReport), close: () => lines.close() };
}
