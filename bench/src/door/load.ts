import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";

export const LoadSettings = z.object({
  /** PKCS #8, base64. */
  privateKey: z.string(),
  templates: z.array(z.string()).min(1),
  concurrency: z.int().positive(),
});
export type LoadSettings = z.infer<typeof LoadSettings>;

export const Order = z.object({ url: z.url(), calls: z.int().positive() });
export const Round = z.object({ elapsedMs: z.number(), latenciesMs: z.array(z.number()) });
export type Round = z.infer<typeof Round>;
const Answer = z.union([Round, z.object({ error: z.string() })]);

/** A load generator in a process of its own, so that it does not share a thread with what it measures. */
export interface Load {
  /** Sends the notices of `calls` new calls to `url`, each call's in order, many calls at a time. Throws unless all are answered with 200. */
  run(url: string, calls: number): Promise<Round>;
  close(): Promise<void>;
}

export async function startLoad(settings: LoadSettings): Promise<Load> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, "load-process.ts")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  child.stdin.write(`${JSON.stringify(settings)}\n`);
  return {
    async run(url, calls) {
      child.stdin.write(`${JSON.stringify({ url, calls } satisfies z.input<typeof Order>)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error("The load generator ended");
      const answer = Answer.parse(JSON.parse(value));
      if ("error" in answer) throw new Error(answer.error);
      return answer;
    },
    async close() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}
