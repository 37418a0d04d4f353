import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import { answerLines } from "../line-process.ts";
import { Babble } from "./babble.ts";
import { HeardFrames } from "./heard-frames.ts";
import { FRAME_BYTES, FRAME_MS, readStamps } from "./stamped-frame.ts";
import { type HeardReport, type Listening, TranscriberOrder } from "./transcriber.ts";

// Started by transcriber.ts. On `/v3/ws` it speaks the streaming protocol: Begin, audio in, turns of made-up words, Terminate,
// Termination. Elsewhere it only listens; there a carrier's own media frame counts too, for what passes frames on as they are.
const MediaFrame = z.object({ event: z.literal("media"), media: z.object({ payload: z.base64() }) });
const ClientMessage = z.object({ type: z.string() });
const SESSION_S = 3 * 3600;

const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
await once(server, "listening");
let round = 0;
let heard = new HeardFrames(round);
let sessions = 0;

server.on("connection", (socket: WebSocket, request: IncomingMessage) => {
  sessions += 1;
  const babble = request.url?.startsWith("/v3/ws") ? new Babble() : null;
  const expiresAt = Math.floor(Date.now() / 1000) + SESSION_S;
  if (babble !== null) socket.send(JSON.stringify({ type: "Begin", id: randomUUID(), expires_at: expiresAt }));
  socket.on("message", (data: Buffer, isBinary: boolean) => {
    const atNs = process.hrtime.bigint();
    if (!isBinary) return takeText(socket, data.toString(), atNs);
    heard.hear(readStamps(data), atNs);
    const turn = babble?.turnAfter((data.length / FRAME_BYTES) * FRAME_MS);
    if (turn) socket.send(JSON.stringify(turn));
  });
  socket.on("error", () => undefined);
});

function takeText(socket: WebSocket, text: string, atNs: bigint): void {
  const said: unknown = JSON.parse(text);
  const frame = MediaFrame.safeParse(said);
  if (frame.success) heard.hear(readStamps(Buffer.from(frame.data.media.payload, "base64")), atNs);
  if (ClientMessage.safeParse(said).data?.type !== "Terminate") return;
  socket.send(JSON.stringify({ type: "Termination", audio_duration_seconds: 0, session_duration_seconds: 0 }));
  socket.close(1000);
}

await answerLines(async (said) => {
  const order = TranscriberOrder.parse(said);
  switch (order.order) {
    case "address": {
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("The transcriber has no port");
      return { url: `http://127.0.0.1:${address.port}` } satisfies Listening;
    }
    case "forget_latencies":
      heard.latenciesMs = [];
      return {};
    case "begin_round":
      round = order.round;
      heard = new HeardFrames(round);
      return {};
    case "report": {
      const { framesHeard, framesTwice, framesStrange, latenciesMs } = heard;
      const report = { framesHeard, framesTwice, framesStrange, sessions, latenciesMs } satisfies HeardReport;
      heard = new HeardFrames(round);
      sessions = 0;
      return report;
    }
  }
});
