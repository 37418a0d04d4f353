import { mean, type Utterance, type Word } from "./transcript.ts";

/** A pause that ends an utterance, in milliseconds. */
const PAUSE_MS = 700;

/** Groups words (in time order) into utterances: one speaker, one channel, no long pause, nobody else in between. */
export function toUtterances(words: readonly Word[]): Utterance[] {
  const groups: Word[][] = [];
  for (const word of words) {
    const current = groups.at(-1);
    const last = current?.at(-1);
    const continues =
      last !== undefined &&
      last.channel === word.channel &&
      last.speaker === word.speaker &&
      word.start - last.end < PAUSE_MS;
    if (continues) current?.push(word);
    else groups.push([word]);
  }
  return groups.flatMap((group) => utterance(group));
}

/** One stretch of words as one utterance; nothing for no words. */
function utterance(words: readonly Word[]): Utterance[] {
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined) return [];
  return [
    {
      text: words.map((word) => word.text).join(" "),
      start: first.start,
      end: last.end,
      confidence: mean(words),
      speaker: first.speaker,
      ...(first.channel === undefined ? {} : { channel: first.channel }),
      words,
    },
  ];
}

/** Sentences: they end at `.`, `?` or `!`, and where an utterance ends. */
export function toSentences(words: readonly Word[]): Utterance[] {
  return toUtterances(words).flatMap(({ words: spoken }) => {
    const sentences: Word[][] = [[]];
    for (const word of spoken) {
      sentences.at(-1)?.push(word);
      if (/[.?!]$/.test(word.text)) sentences.push([]);
    }
    return sentences.flatMap((sentence) => utterance(sentence));
  });
}
