export { collectTranscript } from "./collect-transcript.ts";
export { failTranscript } from "./fail-transcript.ts";
export { type RequestTranscriptPorts, requestTranscript } from "./request-transcript.ts";
export { retryTranscript } from "./retry-transcript.ts";
export * from "./transcript.ts";
