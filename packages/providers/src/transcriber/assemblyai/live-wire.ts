import type { LiveTurn } from "@earwitness/core";
import { joinWords } from "@earwitness/shared";
import { z } from "zod";
import { parseJson } from "../../http/index.ts";

const Word = z.object({
  text: z.string(),
  start: z.number(),
  end: z.number(),
  confidence: z.number().catch(0),
  word_is_final: z.boolean().catch(false),
});

const Turn = z.object({
  type: z.literal("Turn"),
  turn_order: z.int(),
  turn_is_formatted: z.boolean().catch(false),
  end_of_turn: z.boolean().catch(false),
  transcript: z.string().catch(""),
  words: z.array(Word),
  language_code: z.string().nullish().catch(null),
});
export type WireTurn = z.infer<typeof Turn>;

/** What the vendor says on a session. It adds types often: one that is not here is of no consequence. */
const Frame = z.discriminatedUnion("type", [
  z.object({ type: z.literal("Begin"), id: z.string(), expires_at: z.number() }),
  Turn,
  z.object({ type: z.literal("Termination") }),
  z.object({ type: z.literal("Error"), error_code: z.number().catch(0), error: z.string().catch("") }),
]);
type WireFrame = z.infer<typeof Frame>;

/** A text frame of a session; null for what says nothing to us. */
export function readLiveFrame(text: string): WireFrame | null {
  return Frame.safeParse(parseJson(text)).data ?? null;
}

/** A turn in our words. An interim one also has the word that is still being spoken, which `transcript` leaves out. */
export function liveTurnOf(turn: WireTurn, isFinal: boolean): LiveTurn {
  const words = turn.words.map(({ text, start, end, confidence, word_is_final }) => ({
    text,
    startMs: Math.round(start),
    endMs: Math.round(end),
    confidence: Math.min(1, Math.max(0, confidence)),
    isFinal: isFinal || word_is_final,
  }));
  const language = turn.language_code ?? null;
  return {
    order: turn.turn_order,
    text: isFinal && turn.transcript !== "" ? turn.transcript : joinWords(words, language),
    words,
    language,
    isFinal,
  };
}
