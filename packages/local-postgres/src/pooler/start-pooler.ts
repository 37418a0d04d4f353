import { createServer, type Socket } from "node:net";
import { type Backends, keepBackends } from "./backends.ts";
import { type Pool, serveClient } from "./serve-client.ts";

/** A pooler between clients and a server. */
export interface Pooler {
  readonly port: number;
  /** The same connection string, through the pooler. */
  through(url: string): string;
  close(): Promise<void>;
}

/**
 * Starts a pooler in front of the server on `serverPort`, on a free port of the loopback interface. A client has one of
 * `connections` (for each user and database) as long as a transaction lasts, and after it everything is forgotten: settings,
 * temporary tables, locks, what was listened to. What would need more is refused: a statement with a name, a setting given
 * with the login. So does the pool of Hyperdrive, which the platform's local stand-in does not have:
 * https://developers.cloudflare.com/hyperdrive/concepts/connection-pooling/. The server must trust every login.
 */
export async function startPooler(serverPort: number, { connections = 10 } = {}): Promise<Pooler> {
  const pools = new Map<string, { backends: Backends; clients: number }>();
  const sockets = new Set<Socket>();

  function poolOf({ user, database }: { user: string; database: string }): Pool {
    const key = `${user}\0${database}`;
    const pool = pools.get(key) ?? {
      backends: keepBackends({ port: serverPort, user, database, limit: connections }),
      clients: 0,
    };
    pools.set(key, pool);
    pool.clients += 1;
    return {
      backends: pool.backends,
      /** Connections that nobody uses would keep a database from being dropped or copied. */
      leave() {
        pool.clients -= 1;
        if (pool.clients > 0) return;
        pools.delete(key);
        pool.backends.close();
      },
    };
  }

  const server = createServer((client) => {
    client.setNoDelay(true);
    sockets.add(client);
    void serveClient(client, poolOf).finally(() => sockets.delete(client));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The pooler has no port.");
  const { port } = address;
  return {
    port,
    through(url) {
      const pooled = new URL(url);
      pooled.port = String(port);
      return pooled.href;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      for (const { backends } of pools.values()) backends.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
