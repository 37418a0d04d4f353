export * from "./call.ts";
export * from "./transcript.ts";
export * from "./workspace.ts";
