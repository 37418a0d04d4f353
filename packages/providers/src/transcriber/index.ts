export { type AssemblyAiSettings, CALLBACK_SECRET_HEADER, createAssemblyAi } from "./assemblyai/client.ts";
export { type AssemblyAiLiveOptions, createAssemblyAiLiveTranscriber } from "./assemblyai/live-client.ts";
export { readTranscriptNotice, type TranscriptNotice } from "./assemblyai/webhook.ts";
