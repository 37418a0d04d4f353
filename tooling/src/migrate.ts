import { grantToApp, migrateDatabase } from "@earwitness/local-postgres";
import { MIGRATIONS } from "./paths.ts";

/**
 * `DATABASE_URL=… pnpm db:migrate`: brings a database up to date. The URL's user must own the tables, and the workers'
 * role must exist; it is given its rights on what is there and on what will be made.
 */
const url = process.env.DATABASE_URL;
if (!url) {
  console.error("DATABASE_URL is not set: it names the database, as the user who owns its tables.");
  process.exit(2);
}
await migrateDatabase(url, MIGRATIONS);
await grantToApp(url);
console.log("The database is up to date.");
