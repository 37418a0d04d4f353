import type { CallReport } from "../../ports/export-source.ts";
import { speakerName } from "./call-report.ts";
import { cueTime } from "./clock-text.ts";
import { cuesOf } from "./cues.ts";

/**
 * The transcript as SubRip. Players take what is in angle or curly brackets for their own marks, and there is no way to write one
 * that is meant: they become the brackets of mathematics, which look the same.
 */
export function srtOf({ transcript }: CallReport): string {
  const cues = transcript === null ? [] : cuesOf(transcript);
  return cues
    .map(({ startMs, endMs, lines, utterance }, i) => {
      const text = `${speakerName(utterance)}: ${lines.join("\n")}`.replaceAll(
        /[<>{}]/g,
        (bracket) => LIKE[bracket] ?? "",
      );
      return `${i + 1}\n${cueTime(startMs, ",")} --> ${cueTime(endMs, ",")}\n${text}\n`;
    })
    .join("\n");
}

const LIKE: Readonly<Record<string, string>> = { "<": "⟨", ">": "⟩", "{": "❴", "}": "❵" };
