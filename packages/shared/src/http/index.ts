export * from "./call.ts";
export * from "./routes.ts";
export * from "./transcript.ts";
export * from "./workspace.ts";
