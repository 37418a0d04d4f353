import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { scriptedCarrier } from "./test/scripted-carrier.ts";

export default defineConfig({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: "./wrangler.toml" },
      miniflare: {
        bindings: {
          TELNYX_BASE_URL: "https://carrier.test",
          TELNYX_API_KEY: "KEY-of-the-test",
          TELNYX_CONNECTION_ID: "2811212257810187875",
          WEBHOOKS_ORIGIN: "https://hooks.test",
        },
        // Everything that the worker fetches ends here, in Node: the wire is real, the carrier does as each test scripts it.
        outboundService: scriptedCarrier(),
      },
    }),
  ],
  test: { name: "rooms", include: ["test/**/*.test.ts"] },
});
