import { setTimeout as sleep } from "node:timers/promises";
import { FRAME_MS } from "./stamped-frame.ts";

/**
 * Has each of `streams` send its frames every 20 ms for `seconds`, each in its own phase, as calls that began at any time do.
 * A late timer catches up, so that nothing is left out. Resolves with how late each turn was, in ms: what the generator
 * itself could not keep.
 */
export async function keepPace(streams: readonly { sendFrames(): void }[], seconds: number): Promise<number[]> {
  const begunMs = performance.now();
  const turns = streams.length * ((seconds * 1000) / FRAME_MS);
  const stepMs = FRAME_MS / streams.length;
  const lateMs: number[] = [];
  let turn = 0;
  while (turn < turns) {
    for (;;) {
      const late = performance.now() - (begunMs + turn * stepMs);
      if (late < 0 || turn >= turns) break;
      streams[turn % streams.length]?.sendFrames();
      lateMs.push(late);
      turn += 1;
    }
    await sleep(1);
  }
  return lateMs;
}
