export { type Database, openDatabase } from "./database.ts";
export { isUniqueViolation } from "./errors.ts";
export * from "./queries/index.ts";
export { inWorkspace, type Scope, workspaceOf } from "./scope.ts";
