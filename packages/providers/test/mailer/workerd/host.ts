import { join } from "node:path";
import { build } from "esbuild";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";

/** Runs the worker beside this file in workerd, until whoever forked this process disconnects. */
const bundle = await build({
  entryPoints: [join(import.meta.dirname, "worker.ts")],
  bundle: true,
  write: false,
  format: "esm",
  target: "es2024",
  conditions: ["workerd", "worker"],
  external: ["cloudflare:*", "node:*"],
  logLevel: "silent",
});
const miniflare = new Miniflare(
  convertV4MiniflareOptions({
    workers: [
      {
        name: "mailer",
        modules: true,
        script: bundle.outputFiles[0]?.text ?? "",
        compatibilityDate: "2026-11-01",
        compatibilityFlags: ["nodejs_compat"],
        email: { send_email: [{ name: "EMAIL", allowed_destination_addresses: ["ana@mail.test"] }] },
      },
    ],
    log: new Log(LogLevel.NONE),
    telemetry: { enabled: false },
    cf: false,
  }),
);
process.send?.({ url: (await miniflare.ready).href });
process.once("disconnect", () => void miniflare.dispose().then(() => process.exit(0)));
