import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Mail } from "@earwitness/core";
import { z } from "zod";
import type { SmtpOptions } from "../../../src/mailer/index.ts";

const Outcome = z.union([
  z.object({ sent: z.object({ kind: z.literal("sent"), providerMailId: z.string() }) }),
  z.object({ sent: z.object({ kind: z.literal("refused"), cause: z.string(), detail: z.string() }) }),
  z.object({
    failed: z.object({
      code: z.string(),
      message: z.string(),
      retryable: z.boolean(),
      vendorAnswer: z.object({ status: z.int().nullable(), answer: z.string().nullable() }).optional(),
    }),
  }),
]);
export type Outcome = z.infer<typeof Outcome>;

export interface SendingWorker {
  send(wish: { mail: Mail; from: string; smtp?: Omit<SmtpOptions, "connect" | "from"> }): Promise<Outcome>;
  close(): Promise<void>;
}

/**
 * A Worker in workerd that sends mails, and trusts `certificate`. In a process of its own, because Miniflare reads whom to trust
 * once, when it is loaded.
 */
export async function startSendingWorker(certificate: string): Promise<SendingWorker> {
  const folder = mkdtempSync(join(tmpdir(), "earwitness-mailer-test-"));
  const file = join(folder, "ca.pem");
  writeFileSync(file, certificate);
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: file };
  const host = fork(join(import.meta.dirname, "host.ts"), { stdio: "inherit", env });
  const [message] = await Promise.race([
    once(host, "message"),
    once(host, "exit").then(() => {
      throw new Error("workerd did not start.");
    }),
  ]);
  const { url } = z.object({ url: z.string() }).parse(message);
  return {
    async send(wish) {
      const response = await fetch(url, { method: "POST", body: JSON.stringify(wish) });
      return Outcome.parse(await response.json());
    },
    async close() {
      const gone = once(host, "exit");
      host.disconnect();
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
