export * from "./place-hold.ts";
export * from "./release-hold.ts";
