export { withClient } from "@earwitness/local-postgres";
export { type TestDatabase, testDatabase } from "./test-database.ts";
