export * from "./call.ts";
export * from "./caption.ts";
export * from "./close.ts";
export * from "./workspace.ts";
