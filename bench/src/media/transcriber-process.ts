import { once } from "node:events";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import { answerLines } from "../line-process.ts";
import { readStamps, type Stamp } from "./stamped-frame.ts";
import { type HeardReport, type Listening, TranscriberOrder } from "./transcriber.ts";

// Started by transcriber.ts. It speaks as much of the streaming protocol as a session that hears no words: Begin,
// audio in, Terminate, Termination. A carrier's own media frame counts too, for what only passes frames on.
const MediaFrame = z.object({ event: z.literal("media"), media: z.object({ payload: z.base64() }) });
const ClientMessage = z.object({ type: z.string() });
const SESSION_S = 3 * 3600;

const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
await once(server, "listening");
let heard = new Map<number, Set<number>>();
let latenciesMs: number[] = [];
let framesTwice = 0;
let sessions = 0;

server.on("connection", (socket) => {
  sessions += 1;
  const id = crypto.randomUUID();
  const expiresAt = Math.floor(Date.now() / 1000) + SESSION_S;
  socket.send(JSON.stringify({ type: "Begin", id, expires_at: expiresAt }));
  socket.on("message", (data: Buffer, isBinary: boolean) => {
    const atNs = process.hrtime.bigint();
    if (isBinary) hear(readStamps(data), atNs);
    else takeText(socket, data.toString(), atNs);
  });
  socket.on("error", () => undefined);
});

function takeText(socket: WebSocket, text: string, atNs: bigint): void {
  const said: unknown = JSON.parse(text);
  const frame = MediaFrame.safeParse(said);
  if (frame.success) hear(readStamps(Buffer.from(frame.data.media.payload, "base64")), atNs);
  if (ClientMessage.safeParse(said).data?.type !== "Terminate") return;
  socket.send(JSON.stringify({ type: "Termination", audio_duration_seconds: 0, session_duration_seconds: 0 }));
  socket.close(1000);
}

function hear(stamps: readonly Stamp[], atNs: bigint): void {
  // What a pack adds is known by its last frame: the others waited for it, which is the packing interval.
  const last = stamps.at(-1);
  if (last !== undefined) latenciesMs.push(Number(atNs - last.sentNs) / 1e6);
  for (const { call, track, chunk } of stamps) {
    const channel = call * 2 + track;
    const chunks = heard.get(channel) ?? new Set();
    heard.set(channel, chunks);
    if (chunks.has(chunk)) framesTwice += 1;
    chunks.add(chunk);
  }
}

await answerLines(async (said) => {
  const { order } = TranscriberOrder.parse(said);
  if (order === "address") {
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("The transcriber has no port");
    return { url: `http://127.0.0.1:${address.port}` } satisfies Listening;
  }
  const framesHeard = [...heard.values()].reduce((sum, chunks) => sum + chunks.size, 0);
  const report = { framesHeard, framesTwice, sessions, latenciesMs } satisfies HeardReport;
  heard = new Map();
  latenciesMs = [];
  framesTwice = 0;
  sessions = 0;
  return report;
});
server.close();
for (const socket of server.clients) socket.terminate();
