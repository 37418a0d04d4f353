import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { z } from "zod";

const SpokenSound = z.object({
  transcriber: z.object({ url: z.string(), apiKey: z.string(), controlUrl: z.string() }),
  /** Sound passes so many times faster than it was spoken. */
  pace: z.number(),
  /** One voice of a call in base64: µ-law, 8 kHz. */
  audio: z.string(),
  /** What it says. */
  words: z.array(z.object({ text: z.string(), startMs: z.number(), endMs: z.number() })),
});
export type SpokenSound = z.infer<typeof SpokenSound>;

declare module "vitest" {
  interface ProvidedContext {
    readonly spoken: SpokenSound;
  }
}

/** Has the vendor's stand-in run as long as the tests do. */
export default async function provideSpokenSound(project: TestProject): Promise<() => void> {
  const standIn = fork(join(import.meta.dirname, "spoken-sound.ts"), { stdio: "inherit" });
  const [message] = await Promise.race([
    once(standIn, "message"),
    once(standIn, "exit").then(() => {
      throw new Error("The stand-in did not start.");
    }),
  ]);
  project.provide("spoken", SpokenSound.parse(message));
  return () => standIn.disconnect();
}
