export { aCall } from "./call.ts";
export { aNumber } from "./number.ts";
export { aRecording } from "./recording.ts";
export { aTranscript } from "./transcript.ts";
