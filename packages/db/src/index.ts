export type { Database } from "./database.ts";
export * from "./queries/index.ts";
export type { Scope } from "./scope.ts";
