import type { CallReport } from "../../ports/export-source.ts";

/** The call as lines of JSON, each with its `type`: the call, its coverage, its recordings, its transcript, and each utterance. */
export function reportJsonl({ call, coverage, transcript }: CallReport): string {
  const { recordings, ...facts } = call;
  const lines: object[] = [
    { type: "call", ...facts },
    { type: "coverage", ...coverage },
    ...recordings.map((recording) => ({ type: "recording", ...recording })),
  ];
  if (transcript !== null) {
    const { utterances, ...about } = transcript;
    lines.push(
      { type: "transcript", ...about },
      ...utterances.map((utterance) => ({ type: "utterance", ...utterance })),
    );
  }
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}
