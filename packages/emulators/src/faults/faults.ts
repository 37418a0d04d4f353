import { z } from "zod";

/** Which effects make sense where. */
const POSSIBLE = {
  telnyx: ["status", "delay", "drop", "unanswered"],
  assemblyai: ["status", "delay", "drop", "unanswered", "fail"],
  streaming: ["refuse", "close", "stall", "delay"],
  resend: ["status", "delay", "drop", "unanswered"],
  google: [
    ...["status", "delay", "drop", "refuse", "unverified_email", "no_email"],
    ...["wrong_nonce", "expired_id_token", "foreign_issuer", "foreign_audience"],
  ],
  github: ["status", "delay", "drop", "refuse", "unverified_email", "no_email"],
  recording: ["status", "delay", "drop", "expire", "cut"],
  webhook: ["delay", "duplicate", "reorder", "drop"],
  mail_notice: ["delay", "duplicate", "drop"],
  media: ["refuse", "drop", "lose", "reorder", "duplicate", "stall"],
} as const satisfies Record<string, readonly string[]>;

/** A fault as the control door takes it. It strikes the next `times` occasions that match, then it is gone. */
export const FaultRequest = z
  .strictObject({
    target: z.enum([
      "telnyx",
      "assemblyai",
      "streaming",
      "resend",
      "google",
      "github",
      "recording",
      "webhook",
      "mail_notice",
      "media",
    ]),
    match: z
      .strictObject({
        /** For an API: HTTP method. */
        method: z.string().optional(),
        /** For an API: a part of the path, such as `/actions/record_start`. For `recording`: a part of the URL's path. */
        path: z.string().optional(),
        /** For `webhook` and `mail_notice`: the event's name, such as `call.hangup` or `email.bounced`, or the transcript's status. */
        event: z.string().optional(),
        /** For `webhook`: whose. */
        vendor: z.enum(["telnyx", "assemblyai"]).optional(),
        /** For `media` and the carrier's `webhook`: a session, leg or control id; for `webhook` also the other party's number. */
        call: z.string().optional(),
        /** For `media`: the only track that loses, doubles or shuffles frames. */
        track: z.enum(["inbound", "outbound"]).optional(),
      })
      .default({}),
    effect: z.enum([
      "status",
      "delay",
      "duplicate",
      "reorder",
      "drop",
      "unanswered",
      "expire",
      "cut",
      "fail",
      "refuse",
      "close",
      "lose",
      "stall",
      "unverified_email",
      "no_email",
      "wrong_nonce",
      "expired_id_token",
      "foreign_issuer",
      "foreign_audience",
    ]),
    times: z.int().min(1).max(100_000).default(1),
    /** For `status`; for `refuse` without a `code`: the answer to the handshake. */
    status: z.int().min(400).max(599).default(503),
    /** For `status` on an API: seconds in Retry-After. */
    retryAfterSecs: z.int().min(0).optional(),
    /**
     * For `delay`; for `reorder` of notices the longest that one is held back; for `stall` how long nothing comes: of `media` in call time,
     * of `streaming` in real time, where 0 is for ever.
     */
    delayMs: z.int().min(0).max(600_000).default(1000),
    /** For `close` and `refuse` of `streaming`: the close code; `close` without one breaks the connection. */
    code: z.int().refine(isCloseCode, "This is no code that a WebSocket can be closed with.").optional(),
    /** For `cut`: bytes that are sent before the connection breaks. For `delay` of a recording: bytes between two waits. */
    bytes: z.int().min(0).default(65_536),
    /** Strikes when so much has passed: for `media` of the call since the stream began, for `streaming` of the session's audio. */
    afterMs: z.int().min(0).max(14_400_000).default(0),
    /** For `media`: how many frames of each track are lost, doubled or shuffled. */
    frames: z.int().min(1).max(1_000_000).default(10),
    /** For `reorder` of `media`: frames that change places among themselves. */
    window: z.int().min(3).max(5).default(4),
    /** For `fail`: the transcript's error. For `streaming`: the sentence of the refusal. */
    message: z.string().default("Internal server error. Please try again."),
  })
  .refine(({ target, effect }) => POSSIBLE[target].some((possible) => possible === effect), {
    error: ({ input }) => `This effect does not exist for the target: ${JSON.stringify(input)}`,
    path: ["effect"],
  });

/** What RFC 6455 lets an endpoint send: the rest is reserved, for broken connections among others. */
function isCloseCode(code: number): boolean {
  return (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || (code >= 3000 && code <= 4999);
}

export type Fault = z.infer<typeof FaultRequest>;

/** An occasion for a fault: what is about to happen. */
export interface Occasion {
  readonly target: Fault["target"];
  readonly effects: readonly Fault["effect"][];
  readonly method?: string;
  readonly path?: string;
  readonly event?: string;
  readonly vendor?: string;
  /** The ids by which a call may be named. */
  readonly call?: readonly string[];
  /** Age of a media stream in call milliseconds. */
  readonly elapsedMs?: number;
  /** Faults that have struck here and do not strike again. */
  readonly except?: ReadonlySet<object>;
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

function fits(fault: Fault, occasion: Occasion): boolean {
  const { target, effect, match } = fault;
  return (
    target === occasion.target &&
    occasion.effects.includes(effect) &&
    (match.method === undefined || match.method.toUpperCase() === occasion.method?.toUpperCase()) &&
    (match.path === undefined || (occasion.path?.includes(match.path) ?? false)) &&
    (match.event === undefined || match.event === occasion.event) &&
    (match.vendor === undefined || match.vendor === occasion.vendor) &&
    (match.call === undefined || (occasion.call?.includes(match.call) ?? false)) &&
    (occasion.elapsedMs === undefined || fault.afterMs <= occasion.elapsedMs) &&
    !(occasion.except?.has(fault) ?? false)
  );
}
