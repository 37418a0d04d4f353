import { setTimeout as sleep } from "node:timers/promises";
import { answerLines } from "../line-process.ts";
import { StreamOrder, type StreamReport } from "./carrier.ts";
import { keepPace } from "./keep-pace.ts";
import { MediaStream } from "./media-stream.ts";
import { quantile } from "./quantile.ts";

// Started by carrier.ts.
await answerLines(async (said) => {
  const order = StreamOrder.parse(said);
  const streams = order.urls.map((url, call) => new MediaStream({ url, call, reopens: order.reopens }));
  // A few at a time: two hundred handshakes at once are not what is measured.
  for (const stream of streams) await stream.open();
  const lateMs = await keepPace(streams, order.seconds);
  await sleep(order.lingerMs);
  await Promise.all(streams.map((stream) => stream.stop()));
  const sum = (of: (stream: MediaStream) => number) => streams.reduce((total, stream) => total + of(stream), 0);
  return {
    framesSent: sum((stream) => stream.framesSent),
    framesMissed: sum((stream) => stream.framesMissed),
    timesReopened: sum((stream) => stream.timesReopened),
    lateMsP99: quantile(lateMs, 0.99),
  } satisfies StreamReport;
});
