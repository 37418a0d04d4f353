import path from "node:path";
import { z } from "zod";
import { startLineProcess } from "../line-process.ts";

export const TranscriberOrder = z.discriminatedUnion("order", [
  z.object({ order: z.enum(["address", "forget_latencies", "report"]) }),
  z.object({ order: z.literal("begin_round"), round: z.int().min(0).max(255) }),
]);
export type TranscriberOrder = z.infer<typeof TranscriberOrder>;

export const Listening = z.object({ url: z.url() });
export type Listening = z.infer<typeof Listening>;

export const HeardReport = z.object({
  /** Different frames. */
  framesHeard: z.int(),
  /** Frames that came again. */
  framesTwice: z.int(),
  /** Sound of 20 ms that was none of the carrier's frames. */
  framesStrange: z.int(),
  sessions: z.int(),
  /** For each message: from the moment its last frame left the carrier until it was here. */
  latenciesMs: z.array(z.number()),
});
export type HeardReport = z.infer<typeof HeardReport>;

/** The streaming transcriber's side of many sessions, in a process of its own: it hears no words, it times the audio. */
export interface TranscriberPeer {
  url: string;
  /** From now on only this round's frames count; at first it is round 0. */
  beginRound(round: number): Promise<void>;
  /** What was heard since the last report. */
  report(): Promise<HeardReport>;
  /** Begins to measure anew how long messages take; what was heard stays. */
  forgetLatencies(): Promise<void>;
  close(): Promise<void>;
}

/** Starts it, and resolves when it listens. Close it. */
export async function startTranscriberPeer(): Promise<TranscriberPeer> {
  const lines = startLineProcess(path.join(import.meta.dirname, "transcriber-process.ts"));
  const ask = <T>(order: TranscriberOrder, answer: z.ZodType<T>) => lines.ask(order, answer);
  const tell = async (order: TranscriberOrder) => {
    await ask(order, z.object({}));
  };
  const { url } = await ask({ order: "address" }, Listening);
  return {
    url,
    beginRound: (round) => tell({ order: "begin_round", round }),
    forgetLatencies: () => tell({ order: "forget_latencies" }),
    report: () => ask({ order: "report" }, HeardReport),
    close: () => lines.close(),
  };
}
