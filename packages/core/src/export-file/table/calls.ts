import type { CallSummary } from "@earwitness/shared";
import { CallsPlace } from "../../ports/export-source.ts";
import { filterOf } from "./list-filter.ts";
import { rowKind } from "./row-kind.ts";

/** A line for each call, oldest first. */
export const callRows = rowKind<CallSummary, CallsPlace>({
  columns: [
    { name: "call_id", value: ({ id }) => id },
    { name: "direction", value: ({ direction }) => direction },
    { name: "state", value: ({ state }) => state },
    { name: "from", value: ({ from }) => from },
    { name: "to", value: ({ to }) => to },
    { name: "started_at", value: ({ startedAt }) => startedAt },
    { name: "answered_at", value: ({ answeredAt }) => answeredAt },
    { name: "ended_at", value: ({ endedAt }) => endedAt },
    { name: "duration_ms", value: ({ durationMs }) => durationMs },
    { name: "hangup_cause", value: ({ hangupCause }) => hangupCause },
    { name: "recording", value: ({ recordingState }) => recordingState },
    { name: "not_recorded_reason", value: ({ notRecordedReason }) => notRecordedReason },
    { name: "transcript", value: ({ transcriptState }) => transcriptState },
    { name: "language", value: ({ language }) => language },
    { name: "first_line", value: ({ lastLine }) => lastLine },
  ],
  object: ({ hasLive: _, lastLine: firstLine, ...call }) => ({ ...call, firstLine }),
  place: CallsPlace,
  placeOf: ({ startedAt, id }) => ({ startedAt, id }),
  count: (source, wish) => source.countCalls(wish.workspaceId, filterOf(wish)),
  read: (source, wish, after, limit) => source.calls(wish.workspaceId, filterOf(wish), after, limit),
});
