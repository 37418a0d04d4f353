import type { LiveTurn } from "@earwitness/core";
import type { Caption, CaptionWord, LiveChannel } from "@earwitness/shared";
import type { SessionMap } from "./session-map.ts";

/** A word that ends before this was settled by an earlier session, and is heard again only because its sound was sent again. */
const OVERLAP_MS = 60;

interface DraftOptions {
  readonly id: string;
  readonly channel: LiveChannel;
  readonly turn: LiveTurn;
  readonly map: SessionMap;
  /** Up to where the call is captioned for good. */
  readonly settledMs: number;
  readonly arrivalOf: (positionMs: number) => number | null;
}

/** A turn of a session as a caption of the call; null when nothing of it is new. */
export function captionOf({ id, channel, turn, map, settledMs, arrivalOf }: DraftOptions): Caption | null {
  const all = turn.words.map(
    (word): CaptionWord => ({
      text: word.text,
      startMs: map.positionOf(word.startMs),
      endMs: map.endOf(word.startMs, word.endMs),
      confidence: word.confidence,
      isFinal: word.isFinal,
    }),
  );
  const words = all.filter((word) => (word.startMs + word.endMs) / 2 >= settledMs - OVERLAP_MS);
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) return null;
  return {
    id,
    channel,
    startMs: first.startMs,
    endMs: Math.max(first.startMs, ...words.map(({ endMs }) => endMs)),
    text: words.length === all.length ? turn.text : words.map(({ text }) => text).join(" "),
    words,
    language: turn.language,
    isFinal: turn.isFinal,
    heardAtMs: arrivalOf(last.endMs),
  };
}
