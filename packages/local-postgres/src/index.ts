export { withClient } from "./client.ts";
export { migrateDatabase } from "./migrate-database.ts";
export { type Pooler, startPooler } from "./pooler/start-pooler.ts";
export { APP_ROLE, grantToApp, OWNER_ROLE, type ProvisionedDatabase, provisionDatabase } from "./provision-database.ts";
export { type PostgresServer, startPostgres } from "./server.ts";
export { cloneDatabase, dropDatabase } from "./template.ts";
