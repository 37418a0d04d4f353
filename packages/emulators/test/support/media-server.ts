import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";

const Media = z.object({
  track: z.enum(["inbound", "outbound"]),
  chunk: z.string(),
  timestamp: z.string(),
  payload: z.string(),
});

const Frame = z.object({
  event: z.string(),
  sequence_number: z.string().optional(),
  stream_id: z.string().optional(),
  occurred_at: z.string().optional(),
  version: z.string().optional(),
  connected: z.record(z.string(), z.string()).optional(),
  start: z
    .looseObject({
      call_control_id: z.string(),
      media_format: z.object({ encoding: z.string(), sample_rate: z.number(), channels: z.number() }),
    })
    .optional(),
  media: Media.optional(),
  dtmf: z.object({ digit: z.string() }).optional(),
  mark: z.object({ name: z.string() }).optional(),
  stop: z.object({ call_control_id: z.string() }).optional(),
  payload: z.object({ code: z.number(), title: z.string(), detail: z.string() }).optional(),
});

type Frame = z.infer<typeof Frame>;

/** One media socket as the application sees it. */
export interface Connection {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly frames: Frame[];
  /** Real milliseconds at which each frame came. */
  readonly at: number[];
  closed: number | undefined;
  send(frame: object | string): void;
  close(): void;
  /** The payloads of a track in the order of arrival. */
  media(track: "inbound" | "outbound"): z.infer<typeof Media>[];
  /** A track's payloads put in the order of their chunks and joined. */
  sound(track: "inbound" | "outbound"): Buffer;
}

/** A plain WebSocket server that keeps every frame, as an application's media endpoint would get them. */
export async function startMediaServer({ accept = () => true }: { accept?: (path: string) => boolean } = {}) {
  const connections: Connection[] = [];
  const server = new WebSocketServer({
    host: "127.0.0.1",
    port: 0,
    verifyClient: ({ req }: { req: IncomingMessage }) => accept(req.url ?? ""),
  });
  await new Promise((resolve) => server.once("listening", resolve));
  server.on("connection", (socket, request) => connections.push(watch(socket, request.url ?? "", request.headers)));
  const { port } = addressOf(server.address());
  return {
    url: `ws://127.0.0.1:${port}`,
    connections,
    /** Waits until something is so; rejects with `what` shortly before the test would run out of time. */
    until: waitUntil,
    /** The first connection to a path. */
    connection: async (path: string): Promise<Connection> => {
      await waitUntil(`a socket for ${path}`, () => connections.some((connection) => connection.path === path));
      const found = connections.findLast((connection) => connection.path === path);
      if (found === undefined) throw new Error("It was there.");
      return found;
    },
    close: () =>
      new Promise<void>((resolve) => {
        for (const client of server.clients) client.terminate();
        server.close(() => resolve());
      }),
  };
}

export type MediaServer = Awaited<ReturnType<typeof startMediaServer>>;

function watch(socket: WebSocket, path: string, headers: IncomingHttpHeaders): Connection {
  const media = (track: string) =>
    connection.frames.flatMap((frame) => (frame.media?.track === track ? frame.media : []));
  const connection: Connection = {
    path,
    headers,
    frames: [],
    at: [],
    closed: undefined,
    send: (frame) => socket.send(typeof frame === "string" ? frame : JSON.stringify(frame)),
    close: () => socket.close(),
    media,
    sound: (track) =>
      Buffer.concat(
        media(track)
          .toSorted((a, b) => Number(a.chunk) - Number(b.chunk))
          .map(({ payload }) => Buffer.from(payload, "base64")),
      ),
  };
  socket.on("message", (data) => {
    connection.frames.push(Frame.parse(JSON.parse(data.toString())));
    connection.at.push(Date.now());
  });
  socket.on("close", (code) => {
    connection.closed = code;
  });
  return connection;
}

async function waitUntil(what: string, isSo: () => boolean): Promise<void> {
  for (const until = Date.now() + 25_000; Date.now() < until; ) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`It did not come to be: ${what}`);
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === "string") throw new Error("The server listens on no TCP port.");
  return address;
}
