import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { answerLines } from "../line-process.ts";
import { serveCarrierApi } from "../live/carrier-api.ts";
import { LiveCall } from "../live/live-call.ts";
import { NoticePost } from "../live/notice-post.ts";
import { wavHeader } from "./wav-header.ts";

// Started by carrier.ts.
const Order = z.discriminatedUnion("order", [
  z.object({ order: z.literal("address") }),
  z.object({ order: z.literal("use_door"), noticesUrl: z.url(), number: z.string() }),
  z.object({ order: z.literal("call"), from: z.string(), sizeBytes: z.int().positive() }),
  z.object({ order: z.literal("served") }),
]);

/** One that a socket takes without a second thought; larger ones only fill this process. */
const PIECE = Buffer.alloc(256 * 1024, 0x55);
const post = new NoticePost();
const calls = new Map<string, RecordedCall>();
const served: { beganAtMs: number; endedAtMs: number; bytes: number }[] = [];
let number = "+13125550100";

/** Is answered and recorded, hangs up at once, and has a recording of the size that was asked for. */
class RecordedCall {
  readonly #from: string;
  readonly #sizeBytes: number;
  readonly call: LiveCall;

  constructor(from: string, sizeBytes: number) {
    this.#from = from;
    this.#sizeBytes = sizeBytes;
    this.call = new LiveCall({ number: 0, round: 0, from, to: number, send: (type, more) => this.#send(type, more) });
  }

  async recordingStarts(): Promise<void> {
    await this.call.hangUp();
    const at = new Date().toISOString();
    await this.call.tellRecording({
      recording_id: randomUUID(),
      channels: "dual",
      recording_started_at: at,
      recording_ended_at: at,
      recording_urls: { wav: `${fileUrl}?bytes=${this.#sizeBytes}&from=${encodeURIComponent(this.#from)}` },
    });
  }

  #send(type: string, payload: object): Promise<void> {
    return post.send(type, payload);
  }
}

const apiUrl = await serveCarrierApi({
  number: () => number,
  onCommand: (command) => {
    const recorded = calls.get(command.controlId);
    if (recorded === undefined) return;
    const obeyed = command.action === "record_start" ? recorded.recordingStarts() : recorded.call.obey(command);
    obeyed.catch(die);
  },
});

const files = createServer(async (request, response) => {
  const sizeBytes = Number(new URL(request.url ?? "/", "http://files").searchParams.get("bytes"));
  const beganAtMs = Date.now();
  response.writeHead(200, { "content-type": "audio/wav", "content-length": sizeBytes });
  // Whoever breaks off is not served to the end, and comes again.
  await pipeline(
    Readable.from(bytesOf(sizeBytes), { objectMode: false, highWaterMark: 4 * PIECE.byteLength }),
    response,
  )
    .then(() => served.push({ beganAtMs, endedAtMs: Date.now(), bytes: sizeBytes }))
    .catch(() => undefined);
}).listen(0, "127.0.0.1");
await new Promise((resolve) => files.once("listening", resolve));
const address = files.address();
if (address === null || typeof address === "string") throw new Error("The files have no port");
const fileUrl = `http://127.0.0.1:${address.port}/recording.wav`;

function* bytesOf(sizeBytes: number): Generator<Buffer> {
  const header = wavHeader(sizeBytes);
  yield header;
  for (let left = sizeBytes - header.byteLength; left > 0; left -= PIECE.byteLength) {
    yield left >= PIECE.byteLength ? PIECE : PIECE.subarray(0, left);
  }
}

await answerLines(async (said) => {
  const order = Order.parse(said);
  switch (order.order) {
    case "address":
      return { apiUrl, fileUrl, publicKey: post.publicKey };
    case "use_door":
      post.useDoor(order.noticesUrl);
      number = order.number;
      return {};
    case "call": {
      const recorded = new RecordedCall(order.from, order.sizeBytes);
      calls.set(recorded.call.controlId, recorded);
      await recorded.call.ringIn();
      return {};
    }
    case "served":
      return { served };
  }
});

function die(error: unknown): never {
  console.error(error);
  process.exit(1);
}
