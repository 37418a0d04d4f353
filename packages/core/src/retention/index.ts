export * from "./apply-retention.ts";
export * from "./retention-cutoff.ts";
