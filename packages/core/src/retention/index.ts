export * from "./apply-retention.ts";
export * from "./next-retention-run.ts";
export * from "./retention-cutoff.ts";
export * from "./rules.ts";
