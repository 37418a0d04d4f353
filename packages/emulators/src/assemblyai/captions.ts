import type { Word } from "./transcript.ts";
import { toSentences } from "./utterances.ts";

const DEFAULT_CHARS = 128;

interface Cue {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The transcript as subtitles. `charsPerCaption` limits a cue; a single longer word stays whole. */
export function toCaptions(words: readonly Word[], format: "srt" | "vtt", charsPerCaption = DEFAULT_CHARS): string {
  const cues = toSentences(words).flatMap((sentence) => split(sentence.words, charsPerCaption));
  const separator = format === "srt" ? "," : ".";
  const blocks = cues.map((cue, index) => {
    const times = `${stamp(cue.start, separator)} --> ${stamp(cue.end, separator)}`;
    return format === "srt" ? `${index + 1}\n${times}\n${cue.text}\n` : `${times}\n${cue.text}\n`;
  });
  return format === "srt" ? blocks.join("\n") : `WEBVTT\n\n${blocks.join("\n")}`;
}

function split(words: readonly Word[], limit: number): Cue[] {
  const cues: Cue[] = [];
  for (const word of words) {
    const last = cues.at(-1);
    if (last !== undefined && last.text.length + word.text.length + 1 <= limit) {
      cues[cues.length - 1] = { start: last.start, end: word.end, text: `${last.text} ${word.text}` };
    } else cues.push({ start: word.start, end: word.end, text: word.text });
  }
  return cues;
}

function stamp(ms: number, separator: string): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const millis = String(ms % 1000).padStart(3, "0");
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}${separator}${millis}`;
}
