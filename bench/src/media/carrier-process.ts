import { setTimeout as sleep } from "node:timers/promises";
import { answerLines } from "../line-process.ts";
import { StreamOrder, type StreamReport } from "./carrier.ts";
import { MediaStream } from "./media-stream.ts";
import { Pacer } from "./pacer.ts";
import { quantile } from "./quantile.ts";
import { FRAME_MS } from "./stamped-frame.ts";

// Started by carrier.ts.
await answerLines(async (said) => {
  const order = StreamOrder.parse(said);
  const streams = order.urls.map((url, call) => new MediaStream({ url, call, reopens: order.reopens }));
  // A few at a time: two hundred handshakes at once are not what is measured.
  for (const stream of streams) await stream.open();
  const pacer = new Pacer();
  const frames = (order.seconds * 1000) / FRAME_MS;
  const [begunMs, phaseMs] = [performance.now(), FRAME_MS / streams.length];
  await Promise.all(streams.map((stream, n) => pacer.add(stream, frames, begunMs + n * phaseMs)));
  await sleep(order.lingerMs);
  await Promise.all(streams.map((stream) => stream.stop()));
  const sum = (of: (stream: MediaStream) => number) => streams.reduce((total, stream) => total + of(stream), 0);
  return {
    framesSent: sum((stream) => stream.framesSent),
    framesMissed: sum((stream) => stream.framesMissed),
    timesReopened: sum((stream) => stream.timesReopened),
    lateMsP99: quantile(pacer.lateMs, 0.99),
  } satisfies StreamReport;
});
