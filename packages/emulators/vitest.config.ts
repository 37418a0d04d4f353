import { defineConfig } from "vitest/config";

// Calls pass in real time, if quickly: a busy machine needs patience, not other results. Most of it is waiting, so that more
// files than there are processors run at once, in a group of their own.
export default defineConfig({
  test: {
    name: "emulators",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What another invocation or process does, it does soon: on a busy machine not within poll's own second.
    expect: { poll: { timeout: 15_000 } },
    // One load of the modules does for all files.
    isolate: false,
    maxWorkers: 4,
    sequence: { groupOrder: 1 },
  },
});
