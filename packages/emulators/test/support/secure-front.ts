import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import { createServer, getCACertificates, setDefaultCACertificates } from "node:tls";
import { generate } from "selfsigned";

export interface SecureFront {
  /** `wss://localhost:…` */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * TLS before a plain port, for the official client, which speaks no `ws:`. The certificate is made for the occasion; this process
 * trusts it.
 */
export async function startSecureFront(target: string): Promise<SecureFront> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
    extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] }],
  });
  setDefaultCACertificates([...getCACertificates("default"), cert]);
  const port = Number(new URL(target).port);
  const open = new Set<Socket>();
  const server = createServer({ key, cert }, (secure) => {
    const plain = connect(port, "127.0.0.1");
    for (const [from, to] of [
      [secure, plain],
      [plain, secure],
    ] as const) {
      open.add(from);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        open.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  return {
    url: `wss://localhost:${portOf(server.address())}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("The front listens on no TCP port.");
  return address.port;
}
