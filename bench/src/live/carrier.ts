import path from "node:path";
import { z } from "zod";
import { startLineProcess } from "../line-process.ts";
import { CarrierAddress, type LiveOrder, Probe, Streamed } from "./live-orders.ts";

/** A carrier that agrees to everything and says no words: it rings in, streams stamped frames and hangs up, for many calls at once. */
export interface LiveCarrier extends CarrierAddress {
  /** Where notices go, and which number of ours is called. */
  useDoor(door: { noticesUrl: string; number: string }): Promise<void>;
  /** Rings in `calls` times; resolves when the sound of all streams. Each streams for `seconds`. */
  beginCalls(calls: number, seconds: number): Promise<void>;
  /** The same sound to `url`, with no call around it. */
  beginPipes(url: string, calls: number, seconds: number): Promise<void>;
  /** Rings in once more and gives up at once. */
  probe(): Promise<Probe>;
  /** Waits until all that was begun has streamed, hangs up, and tells. */
  finish(): Promise<Streamed>;
  close(): Promise<void>;
}

/** Starts it, in a process of its own. Close it. */
export async function startLiveCarrier(): Promise<LiveCarrier> {
  const lines = startLineProcess(path.join(import.meta.dirname, "carrier-process.ts"));
  const ask = <T>(order: LiveOrder, answer: z.ZodType<T>) => lines.ask(order, answer);
  const tell = async (order: LiveOrder) => {
    await ask(order, z.object({}));
  };
  return {
    ...(await ask({ order: "address" }, CarrierAddress)),
    useDoor: (door) => tell({ order: "use_door", ...door }),
    beginCalls: (calls, seconds) => tell({ order: "begin_calls", calls, seconds }),
    beginPipes: (url, calls, seconds) => tell({ order: "begin_pipes", url, calls, seconds }),
    probe: () => ask({ order: "probe" }, Probe),
    finish: () => ask({ order: "finish" }, Streamed),
    close: () => lines.close(),
  };
}
