import path from "node:path";
import { z } from "zod";
import { startLineProcess } from "../line-process.ts";
import { CarrierAddress, Finished, type LiveOrder, Probe, SoFar } from "./live-orders.ts";

/** A carrier that agrees to everything and says no words: it rings in, streams stamped frames and hangs up, for many calls at once. */
export interface LiveCarrier extends CarrierAddress {
  /** Where notices go, and which number of ours is called. */
  useDoor(door: { noticesUrl: string; number: string }): Promise<void>;
  /** Rings in `calls` times, a few at once; resolves when the sound of all streams, or a minute has passed. */
  beginCalls(round: number, calls: number): Promise<void>;
  /** The same sound to `url`, with no call around it. */
  beginPipes(round: number, url: string, calls: number): Promise<void>;
  /** Rings in once more and hangs up as soon as that was taken. Waits for neither. */
  probe(): Promise<Probe>;
  /** How much has been said since the beginning. */
  soFar(): Promise<SoFar>;
  /** Stops all that was begun, hangs up, and tells. */
  finish(): Promise<Finished>;
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
    beginCalls: (round, calls) => tell({ order: "begin_calls", round, calls }),
    beginPipes: (round, url, calls) => tell({ order: "begin_pipes", round, url, calls }),
    probe: () => ask({ order: "probe" }, Probe),
    soFar: () => ask({ order: "so_far" }, SoFar),
    finish: () => ask({ order: "finish" }, Finished),
    close: () => lines.close(),
  };
}
