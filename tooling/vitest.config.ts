import { defineConfig } from "vitest/config";

// Each file starts the whole product: one at a time, with the patience that two cores need.
export default defineConfig({
  test: {
    name: "stack",
    include: ["test/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
