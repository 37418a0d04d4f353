export * from "./delete-call.ts";
export * from "./empty-trash.ts";
export * from "./restore-call.ts";
export * from "./trash-time.ts";
