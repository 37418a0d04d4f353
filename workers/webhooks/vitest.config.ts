import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { ASSEMBLYAI_SECRET, LIVE_SECRET, PUBLIC_KEY, RESEND_WEBHOOK_SECRET } from "./test/keys.ts";
import { SCRIPTED_ROOMS } from "./test/scripted-rooms.ts";

// It would warn that secrets are missing, which the bindings below hold.
process.env.WRANGLER_LOG ??= "error";

export default defineConfig({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: "./wrangler.toml" },
      miniflare: {
        bindings: {
          TELNYX_PUBLIC_KEY: PUBLIC_KEY,
          ASSEMBLYAI_WEBHOOK_SECRET: ASSEMBLYAI_SECRET,
          RESEND_WEBHOOK_SECRET,
          LIVE_SECRET,
        },
        // The rooms' own tests are with them; here a room does what the test of the door needs of one.
        workers: [
          {
            name: "earwitness-rooms",
            compatibilityDate: "2026-11-01",
            modules: [{ type: "ESModule", path: "rooms.mjs", contents: SCRIPTED_ROOMS }],
            durableObjects: { CALL_ROOM: { className: "CallRoom", useSQLite: true } },
            queueConsumers: {
              "earwitness-notices": { maxBatchTimeout: 0, maxBatchSize: 1 },
              "earwitness-mail-notices": { maxBatchTimeout: 0, maxBatchSize: 1 },
            },
          },
        ],
      },
    }),
  ],
  test: {
    name: "webhooks",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What another invocation or process does, it does soon: on a busy machine not within poll's own second.
    expect: { poll: { timeout: 15_000 } },
    include: ["test/**/*.test.ts"],
    // One load of the modules does for all files.
    isolate: false,
  },
});
