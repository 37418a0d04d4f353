export * from "./call.ts";
export * from "./coverage.ts";
export * from "./note.ts";
export * from "./steer.ts";
export * from "./transcript.ts";
export * from "./workspace.ts";
