import { defineConfig } from "vitest/config";

// One project a package, each with its own config, so that a package's tests also run alone from its folder.
export default defineConfig({
  test: {
    projects: [
      "packages/*/vitest.config.ts",
      "packages/*/vitest.workerd.config.ts",
      "packages/*/vitest.pooled.config.ts",
      "workers/*/vitest.config.ts",
      "apps/*/vitest.config.ts",
      "tooling/vitest.config.ts",
      "bench/vitest.config.ts",
    ],
    maxWorkers: 2,
  },
});
