import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "core",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One load of the modules does for all files.
    isolate: false,
  },
});
