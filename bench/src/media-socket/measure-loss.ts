import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Carrier } from "../media/carrier.ts";
import { FRAME_MS } from "../media/stamped-frame.ts";
import type { TranscriberPeer } from "../media/transcriber.ts";
import { RoomCount } from "./measure-way.ts";
import type { Ways } from "./start-ways.ts";
import type { RoomWay } from "./ways.ts";

export type Accident = "object reset" | "door killed";

/** What a call lost at one accident, in ms of its time: mean of the calls. */
export interface Loss {
  /** The carrier had no socket to send it on. */
  unsentMs: number;
  /** It was received, and the room does not have it. */
  unkeptMs: number;
  /** It was received, and the transcriber does not have it. */
  unheardMs: number;
}

const SETTLE_MS = 2000;
const TRACKS = 2;
const WasReset = z.object({ wasReset: z.literal(true) });

/**
 * Streams `calls` calls and lets `accident` happen to each in the middle. The carrier opens the sockets that it lost again
 * after 50 ms; a real one waits until the room asks it to, which comes on top.
 */
export async function measureLoss(options: {
  way: RoomWay;
  ways: Ways;
  carrier: Carrier;
  transcriber: TranscriberPeer;
  calls: number;
  seconds: number;
  accident: Accident;
}): Promise<Loss> {
  const { way, ways, carrier, transcriber, calls, seconds } = options;
  const numbers = Array.from({ length: calls }, (_, call) => call);
  const urls = numbers.map((call) => `${ways.doorUrl.replace("http", "ws")}/${way}/${call}`);
  const streaming = carrier.stream({ urls, seconds, reopens: true, lingerMs: 0 });
  await sleep((seconds * 1000) / 2);
  if (options.accident === "door killed") ways.killDoor();
  else for (const call of numbers) WasReset.parse(await ways.ask(way, call, "reset"));
  const sent = await streaming;
  await sleep(SETTLE_MS);
  const heard = await transcriber.report();
  let framesKept = 0;
  for (const call of numbers) framesKept += RoomCount.parse(await ways.ask(way, call, "count")).framesKept;
  const msPerCall = (frames: number) => Math.round((frames * FRAME_MS) / TRACKS / calls);
  return {
    unsentMs: msPerCall(sent.framesMissed),
    unkeptMs: msPerCall(sent.framesSent - framesKept),
    unheardMs: msPerCall(sent.framesSent - heard.framesHeard),
  };
}
