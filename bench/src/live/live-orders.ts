import { z } from "zod";

/** What the process that plays the carrier is asked; see `carrier.ts`. */
export const LiveOrder = z.discriminatedUnion("order", [
  z.object({ order: z.literal("address") }),
  z.object({ order: z.literal("use_door"), noticesUrl: z.url(), number: z.string() }),
  z.object({ order: z.literal("begin_calls"), round: z.int(), calls: z.int().positive() }),
  z.object({ order: z.literal("begin_pipes"), round: z.int(), url: z.url(), calls: z.int().positive() }),
  z.object({ order: z.literal("probe") }),
  z.object({ order: z.literal("so_far") }),
  z.object({ order: z.literal("finish") }),
]);
export type LiveOrder = z.infer<typeof LiveOrder>;

export const CarrierAddress = z.object({ apiUrl: z.url(), publicKey: z.string() });
export type CarrierAddress = z.infer<typeof CarrierAddress>;

export const Probe = z.object({
  /** The caller, by which the call is found. */
  from: z.string(),
  /** When its first notice was posted, ms of the epoch. */
  sentMs: z.number(),
});
export type Probe = z.infer<typeof Probe>;

export const SoFar = z.object({
  /** Frames whose time has come, whether their call had a socket or not. */
  framesSaid: z.int(),
});
export type SoFar = z.infer<typeof SoFar>;

export const Streamed = z.object({
  framesSent: z.int(),
  /** Frames whose time came while their call had no socket. */
  framesMissed: z.int(),
  timesReopened: z.int(),
  /** Calls that nobody had answered by the end; of pipes, none. */
  callsNotAnswered: z.int(),
  /** Calls, or pipes, that did not come to speak. */
  callsNotStreamed: z.int(),
  /** null where nothing was said. */
  lateMsP99: z.number().nullable(),
});
export const Finished = Streamed.extend({
  /** Times that a notice was not taken; the carrier tried again. */
  noticesRefused: z.int(),
});
export type Finished = z.infer<typeof Finished>;
export type Streamed = z.infer<typeof Streamed>;
