import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "db",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What another invocation or process does, it does soon: on a busy machine not within poll's own second.
    expect: { poll: { timeout: 15_000 } },
    // One load of the modules does for all files.
    isolate: false,
    globalSetup: ["@earwitness/testing/postgres-setup"],
  },
});
