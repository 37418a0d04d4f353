import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { z } from "zod";

export interface Voice {
  /** An espeak-ng voice, such as `en-us`, `en-gb` or `es`. */
  readonly name: string;
  /** 0–99; 50 is the voice's own. Two speakers of one language differ by it. */
  readonly pitch: number;
}

export interface SpokenAloud {
  /** 8 kHz. */
  readonly pcm: Int16Array;
  /** Where each spoken word starts, in milliseconds, and which character of the text it begins with (zero-based). */
  readonly words: readonly { readonly atMs: number; readonly textIndex: number }[];
}

/** What the worker is sent. */
export interface SpeakRequest {
  readonly id: number;
  readonly text: string;
  readonly voice: Voice;
}

const Reply = z.union([
  z.object({
    id: z.number(),
    speech: z.object({
      pcm: z.instanceof(Int16Array),
      words: z.array(z.object({ atMs: z.number(), textIndex: z.number() })),
    }),
  }),
  z.object({ id: z.number(), error: z.string() }),
]);

interface Waiting {
  resolve(speech: SpokenAloud): void;
  reject(error: Error): void;
}

const waiting = new Map<number, Waiting>();
let worker: Worker | undefined;
let lastId = 0;

/**
 * Speaks one text. The engine is one WebAssembly instance that is not re-entrant and takes a while: it lives in a thread of its own
 * and takes one text after the other, while calls go on here. The same text sounds alike but is not byte-equal from one time to the
 * next: keep what this returns.
 */
export function speakAloud(text: string, voice: Voice): Promise<SpokenAloud> {
  worker ??= startWorker();
  // A process may end although the engine would wait for more, but not while somebody waits for it.
  worker.ref();
  lastId += 1;
  const request: SpeakRequest = { id: lastId, text, voice };
  const speech = new Promise<SpokenAloud>((resolve, reject) => waiting.set(request.id, { resolve, reject }));
  worker.postMessage(request);
  return speech;
}

function startWorker(): Worker {
  const started = new Worker(fileURLToPath(import.meta.resolve("./espeak-worker.ts")));
  started.on("message", (message) => {
    const reply = Reply.parse(message);
    const caller = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (waiting.size === 0) started.unref();
    if ("speech" in reply) caller?.resolve(reply.speech);
    else caller?.reject(new Error(`espeak-ng failed: ${reply.error}`));
  });
  started.on("error", (error) => {
    worker = undefined;
    for (const caller of waiting.values()) caller.reject(new Error("espeak-ng's thread broke down.", { cause: error }));
    waiting.clear();
  });
  return started;
}
