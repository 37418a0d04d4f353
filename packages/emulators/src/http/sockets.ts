import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { ServerType } from "@hono/node-server";
import { type WebSocket, WebSocketServer } from "ws";

/** A message that is longer than this is no audio and no command. */
const MAX_MESSAGE_BYTES = 1024 * 1024;

/** Decides on a request for a WebSocket, at once: a refusal in HTTP, or what to do with the socket. */
export type SocketDoor = (request: IncomingMessage, url: URL) => SocketRefusal | ((socket: WebSocket) => void);

export interface SocketRefusal {
  readonly status: number;
  readonly body: object;
}

/** Lets `door` answer the WebSocket handshakes of `server`. Returns what breaks the open sockets. */
export function acceptSockets(server: ServerType, door: SocketDoor): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  server.on("upgrade", (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    // A connection that breaks in the handshake is the client's affair; without a listener it would end the process.
    connection.on("error", () => connection.destroy());
    const decision = door(request, new URL(request.url ?? "/", "http://localhost"));
    if (typeof decision === "function") sockets.handleUpgrade(request, connection, head, decision);
    else refuse(connection, decision);
  });
  return () => {
    for (const socket of sockets.clients) socket.terminate();
  };
}

function refuse(connection: Duplex, { status, body }: SocketRefusal): void {
  const text = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Refused"}`,
    "connection: close",
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(text)}`,
  ];
  connection.end(`${head.join("\r\n")}\r\n\r\n${text}`);
}
