import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { acceptSockets, type SocketDoor } from "./sockets.ts";

/** What a Hono app is given when Node serves it: the raw request and response, to break a connection when a fault asks for it. */
export interface NodeBindings {
  Bindings: HttpBindings;
}

export interface Listener {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves `app`, and `sockets` to those who ask for a WebSocket. Port 0 takes a free one. Rejects with a sentence that names the port
 * when it is taken.
 */
export async function listen(
  app: Hono<NodeBindings>,
  host: string,
  port: number,
  sockets?: SocketDoor,
): Promise<Listener> {
  const server = createAdaptorServer({ fetch: app.fetch });
  const closeSockets = sockets === undefined ? () => {} : acceptSockets(server, sockets);
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    throw new Error(`Port ${port} on ${host} cannot be listened on: ${error instanceof Error ? error.message : error}`);
  }
  const { port: bound } = addressOf(server.address());
  return {
    url: `http://${host}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        closeSockets();
        // Kept-alive connections of a client would hold the close for minutes.
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === "string") throw new Error("The server listens on no TCP port.");
  return address;
}
