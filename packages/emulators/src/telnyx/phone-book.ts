import { z } from "zod";

/** Real milliseconds of call time until the other end does it; ringing is paced like speech. */
const afterMs = z.int().min(0).max(600_000).default(1000);

const Answers = z.strictObject({
  behaviour: z.literal("answer"),
  afterMs,
  /** A built-in script's name or a script; the control door resolves it. */
  script: z.unknown().optional(),
  hangupBy: z.enum(["caller", "agent", "nobody"]).default("caller"),
  hangupCause: z.string().optional(),
  /** Size of the file that this call's recording has instead of its own. */
  recordingBytes: z.int().min(1000).max(4_290_000_000).optional(),
});

/** How a number behaves when it is dialled. */
export const PhoneBookEntry = z.discriminatedUnion("behaviour", [
  Answers,
  z.strictObject({ behaviour: z.literal("busy"), afterMs }),
  z.strictObject({ behaviour: z.literal("rejected"), afterMs }),
  /** Rings until the dial's `timeout_secs`. */
  z.strictObject({ behaviour: z.literal("no_answer") }),
  /** The number does not exist. */
  z.strictObject({
    behaviour: z.literal("failed"),
    afterMs: afterMs.default(200),
    hangupCause: z.string().default("not_found"),
  }),
  z.strictObject({
    behaviour: z.literal("machine"),
    afterMs,
    greeting: z
      .string()
      .min(1)
      .max(1000)
      .default("You have reached our mailbox. Please leave a message after the tone."),
    /** Silence in which the machine records, before it hangs up. */
    listensMs: z.int().min(0).max(600_000).default(5000),
  }),
]);

export type PhoneBookEntry = z.infer<typeof PhoneBookEntry>;

/** Numbers that are in no phone book answer after a second and speak the default script. */
export const UNKNOWN_NUMBER: PhoneBookEntry = { behaviour: "answer", afterMs: 1000, hangupBy: "caller" };
