import { z } from "zod";

const ms = z.number();

/**
 * Whether a vendor is asked at all. `open`: it is let alone until `retryAtMs`. `half_open`: one is let through to try, the holder
 * `probe`. `times`: how often in a row trying has failed.
 */
const Breaker = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("closed"), sinceMs: ms.nullable() }),
  z.object({ kind: z.literal("open"), sinceMs: ms, retryAtMs: ms, times: z.int() }),
  z.object({ kind: z.literal("half_open"), sinceMs: ms, probe: z.string(), times: z.int() }),
]);
export type Breaker = z.infer<typeof Breaker>;

/** What is known of a vendor from the last requests to it. All instants are milliseconds of the epoch. */
export const GateState = z.object({
  breaker: Breaker,
  /** The vendor's own wish to be let alone. */
  pausedUntilMs: ms.nullable(),
  /** Who may ask it now, each until when it must have said again that it lives. */
  permits: z.array(z.object({ holder: z.string(), untilMs: ms })),
  /** The last requests, newest last. */
  recent: z.array(z.object({ atMs: ms, isFailed: z.boolean(), durationMs: ms })),
  lastFailure: z.object({ atMs: ms, code: z.string(), message: z.string() }).nullable(),
  /** For when the last one was told to come back who found no place. */
  nextTurnMs: ms,
});
export type GateState = z.infer<typeof GateState>;

/** A vendor that nothing is known of yet. */
export const FRESH_GATE: GateState = {
  breaker: { kind: "closed", sinceMs: null },
  pausedUntilMs: null,
  permits: [],
  recent: [],
  lastFailure: null,
  nextTurnMs: 0,
};

/** How a request came out, for the vendor's part in it. `other`: it says nothing of the vendor. */
export type GateReport =
  | { readonly kind: "answered"; readonly durationMs: number }
  | {
      readonly kind: "failed";
      readonly durationMs: number;
      readonly code: string;
      readonly message: string;
      /** How long the vendor wants to be let alone; null where it did not say. */
      readonly retryAfterMs: number | null;
    }
  | { readonly kind: "other" };

export type GateVerdict = { readonly kind: "go" } | { readonly kind: "wait"; readonly waitMs: number };
