export { type AssemblyAiSettings, CALLBACK_SECRET_HEADER, createAssemblyAi } from "./assemblyai/client.ts";
export { type AssemblyAiLiveOptions, createAssemblyAiLiveTranscriber, sessionUrl } from "./assemblyai/live-client.ts";
export { closureOfCode, closureOfStatus } from "./assemblyai/live-closure.ts";
export { liveTurnOf, readLiveFrame } from "./assemblyai/live-wire.ts";
export { readTranscriptNotice, type TranscriptNotice } from "./assemblyai/webhook.ts";
