import { answerLines } from "../line-process.ts";
import { serveCarrierApi } from "./carrier-api.ts";
import { LiveCall } from "./live-call.ts";
import { type CarrierAddress, LiveOrder, type Probe } from "./live-orders.ts";
import { NoticePost } from "./notice-post.ts";
import { Talk } from "./talk.ts";

// Started by carrier.ts.
const post = new NoticePost();
const calls = new Map<string, LiveCall>();
let number = "+13125550100";
let timesRung = 0;
let talk = new Talk();

const apiUrl = await serveCarrierApi({
  number: () => number,
  onCommand: (command) => {
    // What the door does not take is counted. Anything else is a mistake of the benchmark's, and must not look like silence.
    calls.get(command.controlId)?.obey(command).catch(die);
  },
});

await answerLines(async (said) => {
  const order = LiveOrder.parse(said);
  switch (order.order) {
    case "address":
      return { apiUrl, publicKey: post.publicKey } satisfies CarrierAddress;
    case "use_door":
      post.useDoor(order.noticesUrl);
      number = order.number;
      return {};
    case "begin_calls":
      await talk.beginCalls(Array.from({ length: order.calls }, (_, n) => newCall(n, order.round)));
      return {};
    case "begin_pipes":
      await talk.beginPipes(order);
      return {};
    case "probe": {
      const from = nextCaller();
      const call = newCall(0, 0, from);
      const sentMs = performance.timeOrigin + performance.now();
      // Not waited for: who rings in next does not know how busy the door is.
      void call.ringIn().then(() => call.hangUp(), die);
      return { from, sentMs } satisfies Probe;
    }
    case "so_far":
      return talk.soFar;
    case "finish": {
      const streamed = await talk.finish();
      talk = new Talk();
      return { ...streamed, noticesRefused: takeRefused() };
    }
  }
});

function takeRefused(): number {
  const { timesRefused } = post;
  post.timesRefused = 0;
  return timesRefused;
}

function newCall(n: number, round: number, from = nextCaller()): LiveCall {
  const call = new LiveCall({ number: n, round, from, to: number, send: (type, payload) => post.send(type, payload) });
  calls.set(call.controlId, call);
  return call;
}

function nextCaller(): string {
  timesRung += 1;
  return `+1415555${String(timesRung).padStart(4, "0")}`;
}

function die(error: unknown): never {
  console.error(error);
  process.exit(1);
}
