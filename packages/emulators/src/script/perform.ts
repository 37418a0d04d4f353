import { SAMPLE_HZ, type Speech, synthesise } from "../speech/speech.ts";
import type { Script } from "./script.ts";
import { voiceOf } from "./voices.ts";

/** A line with its sound: `start` is its first sample from the conversation's start. */
interface PerformedLine {
  readonly speaker: "caller" | "agent";
  readonly text: string;
  readonly start: number;
  readonly speech: Speech;
}

export interface Performance {
  readonly script: Script;
  readonly lines: readonly PerformedLine[];
  /** Samples until the caller would hang up. */
  readonly length: number;
}

/** Speaks a script: one line after the other, each with the pause that the script asks for. */
export async function perform(script: Script): Promise<Performance> {
  const lines: PerformedLine[] = [];
  let at = 0;
  for (const { speaker, text, pauseBeforeMs } of script.lines) {
    const speech = await synthesise(text, voiceOf(speaker, script.language));
    const start = at + samples(pauseBeforeMs);
    lines.push({ speaker, text, start, speech });
    at = start + speech.pcm.length;
  }
  return { script, lines, length: at + samples(script.tailMs) };
}

function samples(ms: number): number {
  return Math.round((ms * SAMPLE_HZ) / 1000);
}
