import { defineConfig } from "vitest/config";

// The repositories once more, behind a pooler such as Hyperdrive's: what relies on a session fails here. One load of the modules
// does for all files, because each has a database of its own.
export default defineConfig({
  test: {
    name: "db-pooled",
    globalSetup: ["@earwitness/testing/pooled-postgres-setup"],
    isolate: false,
    testTimeout: 15_000,
  },
});
