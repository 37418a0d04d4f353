import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

// What speaks over a Worker's own sockets, which Node has not: on workerd, against what stands in for the other side in Node.
export default defineConfig({
  plugins: [
    cloudflareTest(({ inject }) => ({
      miniflare: {
        compatibilityDate: "2026-11-01",
        email: { send_email: [{ name: "EMAIL", allowed_destination_addresses: ["ana@mail.test"] }] },
        outboundService: {
          network: {
            allow: ["public", "private"],
            tlsOptions: { trustBrowserCas: true, trustedCertificates: [inject("mailServers").certificate] },
          },
        },
      },
    })),
  ],
  test: { name: "providers-workerd", include: ["test/workerd/*.test.ts"], globalSetup: "test/workerd/global-setup.ts" },
});
