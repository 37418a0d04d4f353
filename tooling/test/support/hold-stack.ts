import { startStack } from "../../src/stack/start-stack.ts";

// Starts a stack over the given folder, says where it is, and holds it until it is told to stop.
const stateFolder = process.argv[2];
if (stateFolder === undefined) throw new Error("The state folder is missing");
const stack = await startStack({ stateFolder });
process.on("SIGTERM", () => void stack.close().then(() => process.exit(0)));
console.log(JSON.stringify({ api: stack.urls.api, postgresUrl: stack.databaseUrl }));
