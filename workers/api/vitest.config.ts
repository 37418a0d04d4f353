import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { API_BINDINGS } from "./test/setup/api-bindings.ts";
import { auxiliaryWorkers } from "./test/setup/workers.ts";

// It would warn that secrets are missing, which the bindings below hold.
process.env.WRANGLER_LOG ??= "error";

export default defineConfig({
  plugins: [
    cloudflareTest(async ({ inject }) => {
      const vendors = inject("vendors");
      // The only way by which wrangler takes a database for the binding that wrangler.toml declares.
      process.env.CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_HYPERDRIVE = inject("apiDatabaseUrl");
      return {
        wrangler: { configPath: "./wrangler.toml" },
        miniflare: {
          bindings: { ...API_BINDINGS, ...vendors },
          workers: await auxiliaryWorkers(vendors),
        },
      };
    }),
  ],
  test: {
    name: "api",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What another invocation or process does, it does soon: on a busy machine not within poll's own second.
    expect: { poll: { timeout: 15_000 } },
    include: ["test/**/*.test.ts"],
    globalSetup: ["./test/setup/global.ts"],
    isolate: false,
  },
});
