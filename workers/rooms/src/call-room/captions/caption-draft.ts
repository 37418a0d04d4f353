import type { LiveTurn } from "@earwitness/core";
import { type Caption, type CaptionWord, joinWords } from "@earwitness/shared";
import type { SessionMap } from "./session-map.ts";

/** A word's middle may lie so much before the place from which the session's sound is new, and the word be new all the same. */
const OVERLAP_MS = 60;

/** A caption that has no name yet. */
export type CaptionDraft = Omit<Caption, "id" | "channel">;

/**
 * A turn of a session as a caption of the call; null when nothing of it is new: what lies before `newFromMs` was settled by an
 * earlier session, and is heard again only because its sound was sent again.
 */
export function draftCaption(turn: LiveTurn, map: SessionMap, newFromMs: number): CaptionDraft | null {
  const all = turn.words.map(
    (word): CaptionWord => ({
      text: word.text,
      startMs: map.positionOf(word.startMs),
      endMs: map.endOf(word.startMs, word.endMs),
      confidence: word.confidence,
      isFinal: turn.isFinal || word.isFinal,
    }),
  );
  const words = all.filter((word) => (word.startMs + word.endMs) / 2 >= newFromMs - OVERLAP_MS);
  const [first, lastHeard] = [words[0], turn.words.at(-1)];
  if (first === undefined || lastHeard === undefined) return null;
  return {
    startMs: first.startMs,
    endMs: Math.max(...words.map(({ endMs }) => endMs)),
    text: words.length === all.length ? turn.text : joinWords(words, turn.language),
    words,
    language: turn.language,
    isFinal: turn.isFinal,
    heardAtMs: map.arrivalOf(lastHeard.endMs),
  };
}

/** A caption as it stands when nobody will say more of it. */
export function closeCaption(caption: Caption): Caption {
  return { ...caption, isFinal: true, words: caption.words.map((word) => ({ ...word, isFinal: true })) };
}
