export * from "./identity.ts";
export * from "./live.ts";
export * from "./recording.ts";
export * from "./telephony.ts";
export * from "./work.ts";
export * from "./workspace.ts";
