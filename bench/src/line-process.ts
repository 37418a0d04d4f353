import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { z } from "zod";

/** Another process of ours that is asked and answers in JSON, a line each, one question at a time. */
export interface LineProcess {
  /** Sends `order` and waits for the answer, as `answer` parses it. Throws what the process says that went wrong. */
  ask<T>(order: object, answer: z.ZodType<T>): Promise<T>;
  close(): Promise<void>;
}

const Failure = z.object({ error: z.string() });

/** Starts `entry` in a process of its own, so that it shares no thread with what is measured. */
export function startLineProcess(entry: string): LineProcess {
  const child = spawn(process.execPath, [entry], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async ask(order, answer) {
      child.stdin.write(`${JSON.stringify(order)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${entry} ended`);
      const said: unknown = JSON.parse(value);
      const failure = Failure.safeParse(said);
      if (failure.success) throw new Error(failure.data.error);
      return answer.parse(said);
    },
    async close() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}

/** The other side: answers each line of standard input with what `handle` returns. The process ends with its input, whatever it has open. */
export async function answerLines(handle: (order: unknown) => Promise<object>): Promise<never> {
  for await (const line of createInterface(process.stdin)) {
    const answer = await handle(JSON.parse(line)).catch((error: unknown) => ({ error: String(error) }));
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  process.exit(0);
}
