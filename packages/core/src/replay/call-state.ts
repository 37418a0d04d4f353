import canonicalize from "canonicalize";
import { z } from "zod";
import { sha256Hex } from "../identity/secret.ts";
import type {
  CaptionRecord,
  ChunkRecord,
  GapRecord,
  NoticeRecord,
  PauseRecord,
  RecordingRecord,
} from "../ports/repositories/index.ts";
import type { CallRecord, LegRecord } from "../projection/call-record.ts";
import { SOURCES, type StatePart } from "./sources.ts";

/** Everything that the record has of one call which facts write to. */
export interface RecordedCall {
  readonly call: CallRecord;
  readonly legs: readonly LegRecord[];
  readonly notices: readonly NoticeRecord[];
  readonly recordings: readonly RecordingRecord[];
  readonly captions: readonly CaptionRecord[];
  readonly chunks: readonly ChunkRecord[];
  readonly gaps: readonly GapRecord[];
  readonly pauses: readonly PauseRecord[];
}

/** A row as JSON, without what its part's other columns say; `key` names it within its part. */
export interface StateRow {
  readonly key: string;
  readonly columns: Readonly<Record<string, z.core.util.JSONType>>;
}

/** What the record says of a call as far as the call's facts decide it, in one order. */
export type CallState = Readonly<Record<StatePart, readonly StateRow[]>>;

/**
 * The state of a recorded call: of each row the columns that come from facts, see `SOURCES`. Recordings that we put together
 * ourselves, or that were brought, are of no fact and left out.
 */
export function callStateOf(recorded: RecordedCall): CallState {
  return {
    call: rowsOf("call", [recorded.call], ({ id }) => id),
    legs: rowsOf("legs", recorded.legs, ({ carrierLegId }) => carrierLegId),
    notices: rowsOf("notices", recorded.notices, ({ vendor, eventId }) => `${vendor}:${eventId}`),
    recordings: rowsOf(
      "recordings",
      recorded.recordings.filter(({ source }) => source === "carrier"),
      ({ id }) => id,
    ),
    captions: rowsOf("captions", recorded.captions, ({ captionId }) => captionId),
    chunks: rowsOf("chunks", recorded.chunks, ({ chunk }) => String(chunk)),
    gaps: rowsOf("gaps", recorded.gaps, ({ n }) => String(n)),
    pauses: rowsOf("pauses", recorded.pauses, ({ n }) => String(n)),
  };
}

/** Whether words or more were taken away for good, from the record and from the log: then neither can be told by the other. */
export function isPurged({ call }: Pick<RecordedCall, "call">): boolean {
  return call.purgedAt !== null || call.transcriptState === "purged";
}

/** SHA-256, as lowercase hex, of the state as canonical JSON (RFC 8785): the same for the same state, wherever it was read. */
export async function hashOfState(state: CallState): Promise<string> {
  const text = canonicalize(state);
  if (text === undefined) throw new Error("A call's state is JSON.");
  return sha256Hex(text);
}

function rowsOf<Row extends object>(
  part: StatePart,
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): readonly StateRow[] {
  const fromFacts = Object.entries(SOURCES[part]).flatMap(([column, source]) => (source === "facts" ? [column] : []));
  return rows
    .map((row) => {
      const values = new Map(Object.entries(row));
      const columns = Object.fromEntries(fromFacts.map((column) => [column, jsonOf(values.get(column))]));
      return { key: keyOf(row), columns };
    })
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** Instants become their ISO 8601 text. */
function jsonOf(value: unknown): z.core.util.JSONType {
  return value === undefined ? null : z.json().parse(JSON.parse(JSON.stringify(value)));
}
