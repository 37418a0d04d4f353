export { deleteCarrierCopy } from "./delete-carrier-copy.ts";
export { failRecording } from "./fail-recording.ts";
export { peaksKey, recordingKey } from "./recording-keys.ts";
export { retryRecording } from "./retry-recording.ts";
export { type StoreRecordingPorts, storeRecording } from "./store-recording.ts";
export { readWavHeader, type WavHeader } from "./wav-meter.ts";
