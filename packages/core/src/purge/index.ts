export * from "./purge.ts";
export * from "./purge-objects.ts";
