export { listApiKeys } from "./api-keys.ts";
export { readCall } from "./call.ts";
export { type CallsFilter, type CallsPosition, listCalls } from "./calls.ts";
export { readCoverage } from "./coverage.ts";
export { ping, readDatabaseCheck } from "./database-check.ts";
export { readMe } from "./me.ts";
export { listNumbers, readNumber } from "./numbers.ts";
export { listRecordings, readPeaksKey, readStoredAudio, type StoredAudio } from "./recordings.ts";
export { readTranscript, type TranscriptKind } from "./transcript.ts";
