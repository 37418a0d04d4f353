import { common, FRAME_MS, SAMPLES_PER_MS, type Span, united, without } from "@earwitness/core";
import { GapReason, LiveChannel } from "@earwitness/shared";
import { z } from "zod";
import type { PlacedSound } from "./stream-timeline.ts";

/** Sound of a channel that was expected and did not come; whole frames. `channel` is null for both. */
export const LostSpan = z.object({
  channel: LiveChannel.nullable(),
  startMs: z.int(),
  endMs: z.int(),
  reason: GapReason,
  detail: z.string().nullable(),
});
export type LostSpan = z.infer<typeof LostSpan>;

/** Single frames get lost on the way; where this much is missing at once, the line stood still. */
const STALL_MS = 500;

/** The span of frames that did not come: a frame that is lost in part is lost. */
export function lostSpanOf({ channel, fromSample, samples }: PlacedSound): LostSpan {
  const frame = FRAME_MS * SAMPLES_PER_MS;
  const startMs = Math.floor(fromSample / frame) * FRAME_MS;
  const endMs = Math.ceil((fromSample + samples) / frame) * FRAME_MS;
  const reason = endMs - startMs >= STALL_MS ? "media_stalled" : "frame_lost";
  return { channel, startMs, endMs, reason, detail: null };
}

/** The same as few spans as possible, in order: what is missing on both channels is one span of both. */
export function gapsOf(lost: readonly LostSpan[]): LostSpan[] {
  const kinds = Map.groupBy(lost, ({ reason, detail }) => JSON.stringify([reason, detail]));
  return [...kinds.values()].flatMap(gapsOfOneKind).sort((a, b) => a.startMs - b.startMs);
}

function gapsOfOneKind(lost: readonly LostSpan[]): LostSpan[] {
  const [first] = lost;
  if (first === undefined) return [];
  const { reason, detail } = first;
  const of = (channel: LiveChannel) => united(lost.filter((span) => span.channel === null || span.channel === channel));
  const [caller, agent] = [of("caller"), of("agent")];
  const both = common(caller, agent);
  const told = (channel: LiveChannel | null) => (span: Span) => ({ channel, ...span, reason, detail });
  return [
    ...both.map(told(null)),
    ...without(caller, both).map(told("caller")),
    ...without(agent, both).map(told("agent")),
  ];
}
