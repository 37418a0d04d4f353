import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { SCRIPTED_ROOMS } from "./test/setup/scripted-rooms.ts";

// It would warn that secrets are missing, which the bindings below hold.
process.env.WRANGLER_LOG ??= "error";

export default defineConfig({
  plugins: [
    cloudflareTest(({ inject }) => {
      // The only way by which wrangler takes a database for the binding that wrangler.toml declares.
      process.env.CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_HYPERDRIVE = inject("jobsDatabaseUrl");
      return {
        wrangler: { configPath: "./wrangler.toml" },
        miniflare: {
          bindings: {
            APP_ORIGIN: "https://app.test",
            WEBHOOKS_ORIGIN: "https://hooks.test",
            LINK_SECRET: "link-secret-of-the-test-0123456789",
            RESEND_BASE_URL: inject("mailService").url,
            RESEND_API_KEY: inject("mailService").key,
            TELNYX_BASE_URL: inject("carrierUrl"),
            TELNYX_API_KEY: "KEY-of-the-test",
            TELNYX_CONNECTION_ID: "2811212257810187875",
            // Not there: what would be asked of a transcriber is refused.
            ASSEMBLYAI_BASE_URL: inject("carrierUrl"),
            ASSEMBLYAI_API_KEY: "key-of-the-test",
            ASSEMBLYAI_WEBHOOK_SECRET: "secret-of-the-test-of-32-characters",
            R2_S3_ENDPOINT: "https://storage.test",
            R2_ACCESS_KEY_ID: "access-key-of-the-test",
            R2_SECRET_ACCESS_KEY: "secret-key-of-the-test",
          },
          // The rooms' own tests are with them; here a room does what the test of a job needs of one.
          workers: [
            {
              name: "earwitness-rooms",
              compatibilityDate: "2026-11-01",
              modules: [{ type: "ESModule", path: "rooms.mjs", contents: SCRIPTED_ROOMS }],
              durableObjects: {
                CALL_ROOM: { className: "CallRoom", useSQLite: true },
                WORKSPACE_ROOM: { className: "WorkspaceRoom", useSQLite: true },
              },
            },
          ],
        },
      };
    }),
  ],
  test: {
    name: "jobs",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What another invocation or process does, it does soon: on a busy machine not within poll's own second.
    expect: { poll: { timeout: 15_000 } },
    include: ["test/**/*.test.ts"],
    globalSetup: ["./test/setup/global.ts"],
    setupFiles: ["./test/setup/no-alarm.ts"],
    isolate: false,
    // They share a record whose outbox anybody drains: a test's job must not be run beside it by another file's worker.
    fileParallelism: false,
    // Files of other projects are given two workers.
    sequence: { groupOrder: 2 },
  },
});
