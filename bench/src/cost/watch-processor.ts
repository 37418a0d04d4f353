import WebSocket from "ws";
import { z } from "zod";

/** A worker's isolate, as the runtime's inspector lists it. */
const Targets = z.array(z.object({ id: z.string(), webSocketDebuggerUrl: z.string() }));
/** What has nothing to say answers without a result: workerd gives the question back. */
const Answer = z.object({ id: z.int(), result: z.unknown().optional() });
const Stopped = z.object({ profile: z.object({ samples: z.array(z.int()) }) });

/** Rarely enough to weigh little, often enough that a minute of a call is some hundreds. */
const SAMPLE_EVERY_US = 1000;

/** How often each of the workers was found at work since it was watched. */
export type ProcessorSamples = Record<string, number>;

/**
 * Watches which of the workers, by their services' names, the runtime's one thread is at work for: V8 takes a sample of an isolate
 * only while that isolate runs. Resolves when it has begun; the returned function ends it.
 */
export async function watchProcessor(
  inspectorPort: number,
  services: readonly string[],
): Promise<() => Promise<ProcessorSamples>> {
  const response = await fetch(`http://127.0.0.1:${inspectorPort}/json`);
  const targets = Targets.parse(await response.json());
  const watched = await Promise.all(
    services.map(async (service) => {
      const target = targets.find(({ id }) => id === `core:user:${service}` || id === service);
      if (target === undefined) throw new Error(`The inspector knows no ${service}`);
      const inspector = await openInspector(target.webSocketDebuggerUrl);
      await inspector.ask("Profiler.enable");
      await inspector.ask("Profiler.setSamplingInterval", { interval: SAMPLE_EVERY_US });
      await inspector.ask("Profiler.start");
      return { service, inspector };
    }),
  );
  return async () => {
    const counts = watched.map(async ({ service, inspector }): Promise<[string, number]> => {
      const { profile } = Stopped.parse(await inspector.ask("Profiler.stop"));
      inspector.close();
      return [service, profile.samples.length];
    });
    return Object.fromEntries(await Promise.all(counts));
  };
}

async function openInspector(url: string) {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  const waiting = new Map<number, (result: unknown) => void>();
  let asked = 0;
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  socket.on("message", (data) => {
    const answer = Answer.safeParse(JSON.parse(String(data))).data;
    if (answer === undefined) return;
    waiting.get(answer.id)?.(answer.result);
    waiting.delete(answer.id);
  });
  return {
    ask: (method: string, params: object = {}) =>
      new Promise<unknown>((resolve) => {
        const id = ++asked;
        waiting.set(id, resolve);
        socket.send(JSON.stringify({ id, method, params }));
      }),
    close: () => socket.terminate(),
  };
}
