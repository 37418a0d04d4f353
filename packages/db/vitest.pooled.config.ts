import { configDefaults, defineConfig } from "vitest/config";

// The repositories once more, behind a pooler such as Hyperdrive's: what relies on a session fails here. One load of the modules
// does for all files, because each has a database of its own.
export default defineConfig({
  test: {
    name: "db-pooled",
    globalSetup: ["@earwitness/testing/pooled-postgres-setup"],
    isolate: false,
    // It asks what interleavings do, not what a session keeps, and takes as long as half of the rest.
    exclude: [...configDefaults.exclude, "test/model.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What another invocation or process does, it does soon: on a busy machine not within poll's own second.
    expect: { poll: { timeout: 15_000 } },
  },
});
