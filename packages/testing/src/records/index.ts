export { aCall } from "./call.ts";
export { aRecording } from "./recording.ts";
export { aTranscript } from "./transcript.ts";
