import { z } from "zod";

/** Which effects make sense where. */
const POSSIBLE = {
  telnyx: ["status", "delay", "drop"],
  assemblyai: ["status", "delay", "drop", "fail"],
  resend: ["status", "delay", "drop"],
  recording: ["status", "delay", "drop", "expire", "cut"],
  webhook: ["delay", "duplicate", "reorder", "drop"],
} as const satisfies Record<string, readonly string[]>;

/** A fault as the control door takes it. It strikes the next `times` occasions that match, then it is gone. */
export const FaultRequest = z
  .strictObject({
    target: z.enum(["telnyx", "assemblyai", "resend", "recording", "webhook"]),
    match: z
      .strictObject({
        /** For an API: HTTP method. */
        method: z.string().optional(),
        /** For an API: a part of the path, such as `/actions/record_start`. For `recording`: a part of the URL's path. */
        path: z.string().optional(),
        /** For `webhook`: the event's name, such as `call.hangup`, or the transcript's status. */
        event: z.string().optional(),
        /** For `webhook`: whose. */
        vendor: z.enum(["telnyx", "assemblyai"]).optional(),
      })
      .default({}),
    effect: z.enum(["status", "delay", "duplicate", "reorder", "drop", "expire", "cut", "fail"]),
    times: z.int().min(1).max(100_000).default(1),
    /** For `status`. */
    status: z.int().min(400).max(599).default(503),
    /** For `status` on an API: seconds in Retry-After. */
    retryAfterSecs: z.int().min(0).optional(),
    /** For `delay`; for `reorder` the longest that the notice is held back. */
    delayMs: z.int().min(0).max(600_000).default(1000),
    /** For `cut`: bytes that are sent before the connection breaks. For `delay` of a recording: bytes between two waits. */
    bytes: z.int().min(0).default(65_536),
    /** For `fail`: the transcript's error. */
    message: z.string().default("Internal server error. Please try again."),
  })
  .refine(({ target, effect }) => POSSIBLE[target].some((possible) => possible === effect), {
    error: ({ input }) => `This effect does not exist for the target: ${JSON.stringify(input)}`,
    path: ["effect"],
  });

export type Fault = z.infer<typeof FaultRequest>;

/** An occasion for a fault: what is about to happen. */
export interface Occasion {
  readonly target: Fault["target"];
  readonly effects: readonly Fault["effect"][];
  readonly method?: string;
  readonly path?: string;
  readonly event?: string;
  readonly vendor?: string;
}

/** The faults that wait to strike. */
export class Faults {
  #waiting: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times });
  }

  clear(): void {
    this.#waiting = [];
  }

  list(): (Fault & { left: number })[] {
    return this.#waiting.map(({ fault, left }) => ({ ...fault, left }));
  }

  /** The first fault that fits, counted as having struck. */
  take(occasion: Occasion): Fault | undefined {
    const entry = this.#waiting.find(({ fault }) => fits(fault, occasion));
    if (entry === undefined) return undefined;
    entry.left -= 1;
    if (entry.left === 0) this.#waiting = this.#waiting.filter((waiting) => waiting !== entry);
    return entry.fault;
  }
}

function fits({ target, effect, match }: Fault, occasion: Occasion): boolean {
  return (
    target === occasion.target &&
    occasion.effects.includes(effect) &&
    (match.method === undefined || match.method.toUpperCase() === occasion.method?.toUpperCase()) &&
    (match.path === undefined || (occasion.path?.includes(match.path) ?? false)) &&
    (match.event === undefined || match.event === occasion.event) &&
    (match.vendor === undefined || match.vendor === occasion.vendor)
  );
}
