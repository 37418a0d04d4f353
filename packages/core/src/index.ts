export * from "./call/fact.ts";
export * from "./call/room-door.ts";
export * from "./job/job.ts";
export * from "./ports/index.ts";
export * from "./transcript/transcript.ts";
export * from "./workspace/routing-snapshot.ts";
