import { defineConfig } from "vitest/config";

// Each file starts the whole product: one at a time, with the patience that two cores need. A call is followed for a minute, and a
// test that follows one must not end before it says how far that came.
export default defineConfig({
  test: {
    name: "stack",
    include: ["test/**/*.test.ts"],
    fileParallelism: false,
    // wrangler takes two seconds to load: once for all files.
    isolate: false,
    testTimeout: 150_000,
    hookTimeout: 60_000,
    // What another invocation or process does, it does soon: on a busy machine not within poll's own second.
    expect: { poll: { timeout: 15_000 } },
  },
});
