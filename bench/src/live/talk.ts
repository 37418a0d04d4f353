import { setTimeout as sleep } from "node:timers/promises";
import { MediaStream } from "../media/media-stream.ts";
import { Pacer } from "../media/pacer.ts";
import { quantile } from "../media/quantile.ts";
import { FRAME_MS } from "../media/stamped-frame.ts";
import type { LiveCall } from "./live-call.ts";
import type { SoFar, Streamed } from "./live-orders.ts";

/** So many calls are between their first ring and their sound at a time: calls come one after another, not all at once. */
const BEGINNING_AT_ONCE = 8;
/** Who does not stream by then is not waited for; under too many calls there are some. */
const BEGIN_WITHIN_MS = 60_000;
/** What lies in sockets when the last frame has been said goes on its way, for so long. */
const DRAIN_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 50;

/** Many streams that talk at once, from their beginning one by one to the end that comes for all of them. */
export class Talk {
  readonly #pacer = new Pacer();
  readonly #streams: MediaStream[] = [];
  #calls: LiveCall[] = [];
  #wanted = 0;
  #isOver = false;

  /** Rings in with each of `calls`, and has them talk as they are streamed. Resolves when all do, or the time for it is over. */
  async beginCalls(calls: readonly LiveCall[]): Promise<void> {
    const waiting = [...calls];
    this.#wanted = calls.length;
    const beginNext = async () => {
      for (let call = waiting.shift(); call !== undefined; call = waiting.shift()) {
        this.#calls.push(call);
        await call.ringIn();
        this.#talk(await call.streaming);
      }
    };
    const all = Promise.all(Array.from({ length: BEGINNING_AT_ONCE }, beginNext));
    await Promise.race([all, sleep(BEGIN_WITHIN_MS, null, { ref: false })]);
    waiting.length = 0;
  }

  /** Opens so many streams to `url`, with no call around them; they talk when all are open. */
  async beginPipes({ url, round, calls: count }: { url: string; round: number; calls: number }): Promise<void> {
    this.#wanted = count;
    const open: MediaStream[] = [];
    for (let call = 0; call < count; call++) {
      const stream = new MediaStream({ url: `${url}/${call}`, call, round, reopens: false });
      await stream.open();
      open.push(stream);
    }
    const [begunMs, phaseMs] = [performance.now(), FRAME_MS / count];
    for (const [n, stream] of open.entries()) this.#talk(stream, begunMs + n * phaseMs);
  }

  get soFar(): SoFar {
    return { framesSaid: this.#sum((stream) => stream.framesSent + stream.framesMissed) };
  }

  /** Ends all: the sound first, then the calls. Resolves when what was said has left, as far as it was taken. */
  async finish(): Promise<Streamed> {
    this.#isOver = true;
    this.#pacer.stop();
    const untilMs = performance.now() + DRAIN_WITHIN_MS;
    while (this.#sum((stream) => stream.unsentBytes) > 0 && performance.now() < untilMs) await sleep(LOOK_EVERY_MS);
    await Promise.all(this.#streams.map((stream) => stream.stop()));
    await Promise.all(this.#calls.map((call) => call.hangUp()));
    return {
      framesSent: this.#sum((stream) => stream.framesSent),
      framesMissed: this.#sum((stream) => stream.framesMissed),
      timesReopened: this.#sum((stream) => stream.timesReopened),
      callsNotAnswered:
        this.#calls.length === 0 ? 0 : this.#wanted - this.#calls.filter((call) => call.isAnswered).length,
      callsNotStreamed: this.#wanted - this.#streams.length,
      lateMsP99: quantile(this.#pacer.lateMs, 0.99),
    };
  }

  #talk(stream: MediaStream, fromMs = performance.now()): void {
    if (this.#isOver) return;
    this.#streams.push(stream);
    void this.#pacer.add(stream, Number.POSITIVE_INFINITY, fromMs);
  }

  #sum(of: (stream: MediaStream) => number): number {
    return this.#streams.reduce((total, stream) => total + of(stream), 0);
  }
}
