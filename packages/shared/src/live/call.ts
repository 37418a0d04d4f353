import { z } from "zod";
import { CallId } from "../ids.ts";
import { Caption, GapReason, LiveChannel } from "./caption.ts";

const at = z.iso.datetime({ offset: true });
/** Who did something and when: the id of a person or a key. */
const Deed = z.object({ by: z.string(), at });

/** Where a live call stands, as its room knows it at this moment. */
export const LiveCallState = z
  .object({
    phase: z.enum(["ringing", "live", "ended"]),
    startedAt: at,
    answeredAt: at.nullable(),
    recording: z.enum(["none", "asked", "running", "paused", "over"]),
    paused: Deed.nullable().describe("Since when the recording is paused, and by whom"),
    held: Deed.nullable(),
    muted: Deed.nullable(),
    transfer: z
      .object({
        ...Deed.shape,
        to: z.string(),
        state: z.enum(["asked", "ringing", "connected", "failed"]),
        reason: z.string().nullable().describe("Why it failed"),
      })
      .nullable(),
    media: z.enum(["none", "opening", "open", "lost"]).describe("Whether the call's sound reaches us"),
    captions: z.enum(["off", "running", "lost"]),
  })
  .meta({ id: "LiveCallState" });
export type LiveCallState = z.infer<typeof LiveCallState>;

/** Something that lies between captions: a span that is missing, or that was paused on purpose. */
export const LiveMark = z
  .object({
    id: z.string(),
    kind: z.enum(["captions_gap", "audio_gap", "paused"]),
    channel: LiveChannel.nullable(),
    startMs: z.int().min(0),
    endMs: z.int().min(0).nullable().describe("null while it goes on"),
    reason: GapReason,
    detail: z.string().nullable().describe("The vendor's own word, such as a close code"),
  })
  .meta({ id: "LiveMark" });
export type LiveMark = z.infer<typeof LiveMark>;

/** How long captions take from the last word's audio reaching us to being painted, over all browsers that told. */
export const CaptionLatency = z
  .object({ count: z.int(), p50Ms: z.int(), p95Ms: z.int() })
  .meta({ id: "CaptionLatency" });
export type CaptionLatency = z.infer<typeof CaptionLatency>;

const frame = { v: z.literal(1), seq: z.int().min(0) };

/**
 * What a browser hears of one call on `/live?call=<id>`. `seq` rises by one with each frame that must not be missed; frames
 * that are worth nothing later (`levels`, `clock`, `listening`, `latency`) carry the number of the last one before them. A
 * client that comes back with `?after=<epoch>.<seq>` gets exactly the frames that it missed; when they are no longer kept, or
 * the epoch is another, it gets `reset` and a new `snapshot`. Binary frames are sound, see `LISTEN_HEADER_BYTES`.
 */
export const CallFrame = z.discriminatedUnion("type", [
  z
    .object({
      ...frame,
      type: z.literal("hello"),
      callId: CallId,
      epoch: z.string().max(40).describe("Names this run of numbers: after a reset of the room there is another"),
      serverMs: z.int().describe("The server's clock, in ms of the epoch"),
    })
    .describe("The first frame. `seq` is where the client is: what follows has the numbers after it."),
  z
    .object({ ...frame, type: z.literal("reset") })
    .describe("What was missed is not kept any more. A `snapshot` follows: forget what was there."),
  z
    .object({
      ...frame,
      type: z.literal("snapshot"),
      state: LiveCallState,
      captions: z
        .array(Caption)
        .describe("All so far, in the order of their beginning; the final ones without their timed words"),
      marks: z.array(LiveMark),
    })
    .describe("The whole call as it is at `seq`."),
  z.object({ ...frame, type: z.literal("state"), state: LiveCallState }).describe("The call stands otherwise."),
  z
    .object({ ...frame, type: z.literal("caption"), caption: Caption })
    .describe("Something was said, or understood better: it takes the place of the caption of the same id."),
  z
    .object({ ...frame, type: z.literal("mark"), mark: LiveMark })
    .describe("A span is missing or was paused: it takes the place of the mark of the same id."),
  z
    .object({
      ...frame,
      type: z.literal("levels"),
      caller: z.number().min(0).max(1).describe("The greatest loudness since the last one"),
      agent: z.number().min(0).max(1),
      positionMs: z.int(),
    })
    .describe("How loud both are, some four times a second while there is sound."),
  z
    .object({ ...frame, type: z.literal("clock"), sentMs: z.number(), serverMs: z.int() })
    .describe("The answer to `clock`."),
  z
    .object({ ...frame, type: z.literal("latency"), latency: CaptionLatency.nullable() })
    .describe("What browsers have measured, every few seconds where something was added."),
  z
    .object({ ...frame, type: z.literal("listening"), on: z.boolean(), reason: z.string().nullable() })
    .describe("The answer to `listen`: whether sound comes, and why not."),
]);
export type CallFrame = z.infer<typeof CallFrame>;

/** What a client may say on a live socket; anything else closes it. `painted` and `listen` are for a call's socket. */
export const LiveAction = z.discriminatedUnion("action", [
  z
    .object({ action: z.literal("authenticate"), token: z.string().max(2_000) })
    .describe("Says who the client is, as the first frame on a socket without a session's cookie, and only there."),
  z
    .object({ action: z.literal("ack"), seq: z.int().min(0) })
    .describe("Everything up to `seq` has arrived and been dealt with."),
  z
    .object({ action: z.literal("clock"), sentMs: z.number() })
    .describe("Asks for the server's clock; `sentMs` comes back as it went. Calls only."),
  z
    .object({
      action: z.literal("painted"),
      captionId: z.string().max(100),
      latencyMs: z.number().min(0).max(600_000),
    })
    .describe("A final caption was painted this long after its last word's audio had reached the server. Calls only."),
  z
    .object({ action: z.literal("listen"), on: z.boolean() })
    .describe("Asks for the call's sound, or for its end. Calls only."),
]);
export type LiveAction = z.infer<typeof LiveAction>;

/**
 * A binary frame of a listener: a big-endian 32-bit position in ms since the answer, then as many µ-law bytes (8 kHz) of the
 * caller as of the agent, one channel after the other. Each frame is 100 ms long unless the sound broke off.
 */
export const LISTEN_HEADER_BYTES = 4;
