import type { CallReport } from "../../ports/export-source.ts";
import { speakerName } from "./call-report.ts";
import { cueTime } from "./clock-text.ts";
import { cuesOf } from "./cues.ts";

/** The transcript as WebVTT, each cue spoken by a voice. https://www.w3.org/TR/webvtt1/ */
export function vttOf({ call, transcript }: CallReport): string {
  const cues = (transcript === null ? [] : cuesOf(transcript)).map(({ startMs, endMs, lines, utterance }, i) => {
    const voice = `<v ${escaped(speakerName(utterance))}>`;
    return `${i + 1}\n${cueTime(startMs, ".")} --> ${cueTime(endMs, ".")}\n${voice}${escaped(lines.join("\n"))}</v>\n`;
  });
  return [`WEBVTT - ${call.id}\n`, ...cues].join("\n");
}

/** `-->` would end a cue's text, and needs a bracket to be one; left-to-right marks are written by name, or are lost to sight. */
function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\u200e", "&lrm;")
    .replaceAll("\u200f", "&rlm;");
}
