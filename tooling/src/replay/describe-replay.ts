import type { ReplayResult } from "./replay-call.ts";

const MAX_SHOWN_DIFFERENCES = 50;
const MAX_SHOWN_CHARACTERS = 100;

/** The result as a person reads it. */
export function describeReplay(result: ReplayResult): string {
  const { callId, room, facts, holes, rows, differences } = result;
  const compared = Object.entries(rows)
    .map(([part, count]) => `${part} ${count}`)
    .join(", ");
  const shown = differences.slice(0, MAX_SHOWN_DIFFERENCES).map(({ part, key, column, recorded, rebuilt }) => {
    const where = column === null ? `${part} ${key}` : `${part} ${key}: ${column}`;
    return `  ${where}: the record has ${inShort(recorded)}, its log leads to ${inShort(rebuilt)}`;
  });
  return [
    `Call ${callId}, ${facts} facts of room ${room}`,
    `recorded  ${result.recordedSha256}`,
    `rebuilt   ${result.rebuiltSha256}`,
    `again     ${result.againSha256}`,
    `compared  ${compared}`,
    ...(holes.length === 0 ? [] : [`The log lacks the facts ${holes.join(", ")}, or does not understand them.`]),
    ...shown,
    ...(differences.length > shown.length ? [`  … and ${differences.length - shown.length} more`] : []),
    result.isSame ? "The record is what its log leads to." : "The record is NOT what its log leads to.",
  ].join("\n");
}

function inShort(value: unknown): string {
  if (value === undefined) return "no such row";
  const text = JSON.stringify(value);
  return text.length > MAX_SHOWN_CHARACTERS ? `${text.slice(0, MAX_SHOWN_CHARACTERS)}…` : text;
}
