import { type Caption, joinWords } from "@earwitness/shared";

/** A caption in two parts: what will not change any more, with the gap behind it, and what may. */
export interface CaptionParts {
  settled: string;
  open: string;
}

/** Parts a caption at its first word that may still change. */
export function captionParts({ text, words, isFinal, language }: Caption): CaptionParts {
  if (isFinal) return { settled: text, open: "" };
  const firstOpen = words.findIndex((word) => !word.isFinal);
  if (firstOpen === -1) return words.length > 0 ? { settled: text, open: "" } : { settled: "", open: text };
  const all = joinWords(words, language);
  const open = joinWords(words.slice(firstOpen), language);
  return { settled: all.slice(0, all.length - open.length), open };
}

/** The end of what is said, where only `room` letters can be shown: it is cut between words, and the cut is marked. */
export function lastWords(caption: Caption, room: number): CaptionParts {
  const { settled, open } = captionParts(caption);
  if (open.length >= room) return { settled: "", open: tail(open, room) };
  return { settled: tail(settled, room - open.length), open };
}

function tail(text: string, room: number): string {
  if (text.length <= room) return text;
  const cut = text.slice(-room);
  return `… ${cut.slice(cut.indexOf(" ") + 1)}`;
}
