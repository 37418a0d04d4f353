export { listApiKeys } from "./api-keys.ts";
export { readCall } from "./call.ts";
export { type CallsFilter, type CallsPosition, listCalls } from "./calls.ts";
export { ping, readDatabaseCheck } from "./database-check.ts";
export { readMe } from "./me.ts";
export { listNumbers, readNumber } from "./numbers.ts";
export { listRecordings, readPeaksKey, readStoredAudio, type StoredAudio } from "./recordings.ts";
export { readTranscript } from "./transcript.ts";
