import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { FACTS_READER } from "./test/facts-reader.ts";
import { scriptedCarrier } from "./test/scripted-carrier.ts";

// It would warn that secrets are missing, which the bindings below hold.
process.env.WRANGLER_LOG ??= "error";

export default defineConfig({
  plugins: [
    cloudflareTest({
      // The worker, and rooms of the tests' own beside its own.
      main: "./test/main.ts",
      wrangler: { configPath: "./wrangler.toml" },
      miniflare: {
        bindings: {
          TELNYX_BASE_URL: "https://carrier.test",
          TELNYX_API_KEY: "KEY-of-the-test",
          TELNYX_CONNECTION_ID: "2811212257810187875",
          WEBHOOKS_ORIGIN: "https://hooks.test",
          ASSEMBLYAI_STREAMING_URL: "wss://transcriber.test",
          // Without a key there are no captions; their own tests are with them.
          ASSEMBLYAI_API_KEY: "",
          LIVE_SECRET: "live-secret-of-the-test-0123456789abcdef",
        },
        // Everything that the worker fetches ends here, in Node: the wire is real, the carrier does as each test scripts it.
        outboundService: scriptedCarrier(),
        durableObjects: {
          FACTS_READER: { className: "FactsReader", scriptName: "facts-reader" },
          WATCHED_ROOM: { className: "WatchedRoom", useSQLite: true },
        },
        workers: [
          {
            name: "facts-reader",
            compatibilityDate: "2026-11-01",
            modules: [{ type: "ESModule", path: "facts-reader.mjs", contents: FACTS_READER }],
            durableObjects: { READER: { className: "FactsReader", useSQLite: true } },
            queueConsumers: { "earwitness-facts": { maxBatchTimeout: 0, maxBatchSize: 1 } },
          },
        ],
      },
    }),
  ],
  test: {
    name: "rooms",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What another invocation or process does, it does soon: on a busy machine not within poll's own second.
    expect: { poll: { timeout: 15_000 } },
    include: ["test/**/*.test.ts"],
    // One load of the modules does for all files.
    isolate: false,
  },
});
