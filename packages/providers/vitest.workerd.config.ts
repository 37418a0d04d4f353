import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

// What speaks over a Worker's own sockets, which Node has not: on workerd, against the vendor's stand-in in Node.
export default defineConfig({
  plugins: [cloudflareTest({ miniflare: { compatibilityDate: "2026-11-01" } })],
  test: {
    name: "providers-workerd",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What another invocation or process does, it does soon: on a busy machine not within poll's own second.
    expect: { poll: { timeout: 15_000 } },
    include: ["test/workerd/*.test.ts"],
    globalSetup: "test/workerd/global-setup.ts",
  },
});
