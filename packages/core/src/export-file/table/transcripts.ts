import { SpokenPlace, type SpokenRow } from "../../ports/export-source.ts";
import { speakerName } from "../report/call-report.ts";
import { filterOf } from "./list-filter.ts";
import { rowKind } from "./row-kind.ts";

/** A line for each utterance of the calls' exact transcripts, call by call, oldest first. */
export const transcriptRows = rowKind<SpokenRow, SpokenPlace>({
  columns: [
    { name: "call_id", value: ({ callId }) => callId },
    { name: "call_started_at", value: ({ callStartedAt }) => callStartedAt },
    { name: "from", value: ({ from }) => from },
    { name: "to", value: ({ to }) => to },
    { name: "transcript_id", value: ({ transcriptId }) => transcriptId },
    { name: "version", value: ({ version }) => version },
    { name: "language", value: ({ language }) => language },
    { name: "ordinal", value: ({ ordinal }) => ordinal },
    { name: "speaker", value: (row) => speakerName(row) },
    { name: "start_ms", value: ({ startMs }) => startMs },
    { name: "end_ms", value: ({ endMs }) => endMs },
    { name: "confidence", value: ({ confidence }) => confidence },
    { name: "text", value: ({ text }) => text },
  ],
  object: (row) => row,
  place: SpokenPlace,
  placeOf: ({ callStartedAt, callId, ordinal }) => ({ callStartedAt, callId, ordinal }),
  // Who counted them would have gone through all of them.
  count: async () => null,
  read: (source, wish, after, limit) => source.spoken(wish.workspaceId, filterOf(wish), after, limit),
});
