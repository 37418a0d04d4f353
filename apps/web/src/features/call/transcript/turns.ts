import type { TranscriptView, UtteranceView } from "@earwitness/shared";

/** Words that the transcriber was less sure of than this are marked: listen before you rely on them. */
const LOW_CONFIDENCE = 0.6;

export interface TurnWord {
  /** Counts through the whole transcript. */
  index: number;
  text: string;
  startMs: number;
  endMs: number;
  confidence: number;
  unsure: boolean;
}

/** Consecutive utterances of one speaker, before another speaks. */
export interface Turn {
  id: string;
  party: UtteranceView["party"];
  speaker: string;
  startMs: number;
  endMs: number;
  words: TurnWord[];
}

/**
 * Builds the turns of a transcript in the order in which they began. `toFileMs` turns its positions into the recording's,
 * where they are counted from elsewhere. At each of `breaks`, which are the recording's, a turn ends: who knows what was said.
 */
export function buildTurns(
  utterances: readonly UtteranceView[],
  toFileMs: (positionMs: number) => number = (positionMs) => positionMs,
  breaks: readonly number[] = [],
): Turn[] {
  const isBroken = (fromMs: number, toMs: number) => breaks.some((atMs) => atMs >= fromMs && atMs <= toMs);
  const turns: Turn[] = [];
  let index = 0;
  for (const utterance of utterances.toSorted((a, b) => a.startMs - b.startMs)) {
    const words = utterance.words.map((word) => ({
      ...word,
      startMs: toFileMs(word.startMs),
      endMs: toFileMs(word.endMs),
      index: index++,
      unsure: word.confidence < LOW_CONFIDENCE,
    }));
    const last = turns.at(-1);
    const isSame = last?.speaker === utterance.speaker && last.party === utterance.party;
    if (last && isSame && !isBroken(last.endMs, toFileMs(utterance.startMs))) {
      last.words.push(...words);
      last.endMs = Math.max(last.endMs, toFileMs(utterance.endMs));
    } else {
      const { id, party, speaker } = utterance;
      turns.push({ id, party, speaker, startMs: toFileMs(utterance.startMs), endMs: toFileMs(utterance.endMs), words });
    }
  }
  return turns;
}

/** Where in the words a moment falls: the turn and the word that is being said, or was said last in that turn. */
export interface Moment {
  turn: number;
  word: number;
}

/**
 * Answers, for a moment in the recording, which word is being said; null where nobody speaks. When two speak at once, the
 * word that began last counts, whoever says it.
 */
export function momentFinder(turns: readonly Turn[]): (atMs: number) => Moment | null {
  const words = turns
    .flatMap((turn, turnIndex) =>
      turn.words.map((word) => ({ startMs: word.startMs, endMs: turn.endMs, word: word.index, turn: turnIndex })),
    )
    .sort((a, b) => a.startMs - b.startMs);
  return (atMs) => {
    let [low, high] = [0, words.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((words[middle]?.startMs ?? 0) <= atMs) low = middle + 1;
      else high = middle;
    }
    const said = words[low - 1];
    return said && atMs < said.endMs ? { turn: said.turn, word: said.word } : null;
  };
}

/** How much of the recording each side spoke, as parts from 0 to 1. */
export function talkShares(transcript: Pick<TranscriptView, "utterances">, durationMs: number) {
  const spoken = (party: UtteranceView["party"]) =>
    transcript.utterances.reduce((sum, each) => sum + (each.party === party ? each.endMs - each.startMs : 0), 0);
  return { caller: spoken("caller") / durationMs, agent: spoken("agent") / durationMs };
}
