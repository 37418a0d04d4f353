import { z } from "zod";
import { TelephonyCommand } from "../ports/telephony.ts";

/** Who wished something and when, by our clock. */
const Deed = z.object({ by: z.string(), at: z.string() });
export type Deed = z.infer<typeof Deed>;

const Turned = z.object({ ...Deed.shape, isOn: z.boolean(), key: z.string() });

/**
 * Something that is on or off. `wished` is what people want, and what they are shown; `taken` is what the carrier has taken so
 * far, to which a wish that fails falls back. Each is null while nobody has ever turned it.
 */
const Switch = z.object({ wished: Turned.nullable(), taken: Turned.nullable() });
export type Switch = z.infer<typeof Switch>;

/** A transfer, the last one: at most one is under way. */
const Transfer = z.object({
  ...Deed.shape,
  to: z.string(),
  key: z.string(),
  phase: z.enum(["asked", "ringing", "connected", "failed"]),
  /** How many legs the call had before, so that the one that comes of it is known. */
  legsBefore: z.int(),
  /** The key of the hang-up of a leg that is not wanted any more. */
  hangUpKey: z.string(),
  isHungUp: z.boolean(),
  /** Why it failed, in words for a person; logs that were written before it was kept have none. */
  reason: z.string().nullable().default(null),
});
export type Transfer = z.infer<typeof Transfer>;

/** What of a wish goes to the carrier; a pause of what only we keep does not. */
const Asked = z.object({
  ...Deed.shape,
  action: z.enum([
    "hold",
    "resume",
    "pause_recording",
    "resume_recording",
    "send_dtmf",
    "play_sound",
    "transfer",
    "mute",
    "unmute",
  ]),
  detail: z.string().nullable(),
  command: TelephonyCommand,
  /** False while it waits for an earlier one of its kind to have its last word. */
  isGiven: z.boolean(),
});
export type Asked = z.infer<typeof Asked>;

/** What became of a wish. `refused` carries the sentence that says why, in the past tense. */
export const SteerAnswer = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("taken"), effect: z.enum(["begun", "already"]), ...Deed.shape }),
  z.object({ kind: z.literal("refused"), message: z.string() }),
]);
export type SteerAnswer = z.infer<typeof SteerAnswer>;

/** An answer that was given, to be given again to the same wish. `wish` tells it from another under the same key. */
const Answered = z.object({ by: z.string(), key: z.string(), wish: z.string(), answer: SteerAnswer });
export type Answered = z.infer<typeof Answered>;

/**
 * How far the two legs are on their way into a conference, in which alone the carrier mutes: our side's leg is told to stay
 * when they part, the call's own leg makes the conference, ours joins it.
 */
const Conference = z.discriminatedUnion("stage", [
  z.object({ stage: z.literal("none") }),
  z.object({ stage: z.literal("staying") }),
  z.object({ stage: z.literal("made"), id: z.string() }),
  z.object({ stage: z.literal("joined"), id: z.string() }),
]);

export const Steering = z.object({
  hold: Switch,
  mute: Switch,
  conference: Conference,
  /** Whether the carrier was ever asked to connect the legs otherwise: it may not end the one with the other any more. */
  isRearranged: z.boolean(),
  pause: Switch,
  /** Whether the record has been told of a pause that goes on. */
  isPauseTold: z.boolean(),
  /** The sound that was wished for last. */
  sound: z.object({ ...Deed.shape, name: z.string() }).nullable(),
  transfer: Transfer.nullable(),
  /** In the order of the wishes, without those that have had their last word. */
  asked: z.array(Asked),
  /** The last ones, oldest first. */
  answers: z.array(Answered),
});
export type Steering = z.infer<typeof Steering>;

const untouched: Switch = { wished: null, taken: null };

/** A call that nobody has steered. */
export const unsteered: Steering = {
  hold: untouched,
  mute: untouched,
  conference: { stage: "none" },
  isRearranged: false,
  pause: untouched,
  isPauseTold: false,
  sound: null,
  transfer: null,
  asked: [],
  answers: [],
};

/** Whether people wish it to be on, which is what they are shown. */
export function isOn(turned: Switch): boolean {
  return turned.wished?.isOn ?? false;
}
