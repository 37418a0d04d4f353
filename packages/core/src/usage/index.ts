export * from "./roll-up-usage.ts";
