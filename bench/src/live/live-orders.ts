import { z } from "zod";

/** What the process that plays the carrier is asked; see `carrier.ts`. */
export const LiveOrder = z.discriminatedUnion("order", [
  z.object({ order: z.literal("address") }),
  z.object({ order: z.literal("use_door"), noticesUrl: z.url(), number: z.string() }),
  z.object({ order: z.literal("begin_calls"), calls: z.int().positive(), seconds: z.number().positive() }),
  z.object({
    order: z.literal("begin_pipes"),
    url: z.url(),
    calls: z.int().positive(),
    seconds: z.number().positive(),
  }),
  z.object({ order: z.literal("probe") }),
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

export const Streamed = z.object({
  framesSent: z.int(),
  /** Frames whose time came while their call had no socket. */
  framesMissed: z.int(),
  timesReopened: z.int(),
  lateMsP99: z.number(),
});
export type Streamed = z.infer<typeof Streamed>;
