export * from "./roll-up-usage.ts";
export * from "./usage-period.ts";
