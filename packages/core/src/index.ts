export * from "./call/index.ts";
export * from "./context.ts";
export * from "./job/job.ts";
export * from "./ports/index.ts";
export * from "./projection/call-record.ts";
export * from "./transcript/transcript.ts";
export * from "./workspace/routing-snapshot.ts";
