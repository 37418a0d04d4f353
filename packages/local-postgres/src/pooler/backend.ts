import { connect } from "node:net";
import { type Message, MessageReader, queryMessage, startupMessage } from "./messages.ts";

/** One connection to the server, lent to one client at a time. */
export interface Backend {
  /** What the server said of its settings when the connection was opened, as a client wants to hear it. */
  readonly settings: Buffer;
  send(bytes: Buffer): void;
  /** Who hears its messages from now on, and its end; null for nobody. */
  lendTo(borrower: Borrower | null): void;
  /** Has the server forget everything about whoever used it. False when the connection was lost over it. */
  forget(): Promise<boolean>;
  destroy(): void;
}

export interface Borrower {
  onMessage(message: Message): void;
  onEnd(): void;
}

/** The server's own refusal of a connection, byte for byte. */
export class Refusal extends Error {
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    super("The server refused the connection.");
    this.bytes = bytes;
  }
}

/** Opens a connection to the server on `port`, which must trust `user`. Throws `Refusal`, or what the socket says. */
export async function openBackend(target: {
  port: number;
  user: string;
  database: string;
  onLost: (backend: Backend) => void;
}): Promise<Backend> {
  const socket = connect(target.port, "127.0.0.1").setNoDelay(true);
  const reader = new MessageReader();
  const settings: Buffer[] = [];
  let borrower: Borrower | null = null;

  const backend: Backend = {
    get settings() {
      return Buffer.concat(settings);
    },
    send: (bytes) => void socket.write(bytes),
    lendTo(next) {
      borrower = next;
    },
    forget: () =>
      new Promise((resolve) => {
        borrower = {
          onMessage: ({ type }) => {
            if (type !== "Z") return;
            borrower = null;
            resolve(true);
          },
          onEnd: () => resolve(false),
        };
        // https://www.postgresql.org/docs/17/sql-discard.html
        socket.write(queryMessage("DISCARD ALL"));
      }),
    destroy: () => void socket.destroy(),
  };

  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("The server closed the connection.")));
    borrower = {
      onMessage({ type, bytes }) {
        if (type === "S") settings.push(bytes);
        else if (type === "E") reject(new Refusal(bytes));
        else if (type === "R" && bytes.readInt32BE(5) !== 0) reject(new Error("The server asks for a password."));
        else if (type === "Z") resolve();
      },
      onEnd: () => {},
    };
    socket.on("connect", () => socket.write(startupMessage({ user: target.user, database: target.database })));
    socket.on("data", (chunk: Buffer) => {
      reader.add(chunk);
      for (let heard = reader.take(); heard !== null; heard = reader.take()) borrower?.onMessage(heard);
    });
  }).catch((error: unknown) => {
    socket.destroy();
    throw error;
  });

  borrower = null;
  // A connection that breaks closes; that is what is acted upon.
  socket.on("error", () => {});
  socket.on("close", () => {
    borrower?.onEnd();
    target.onLost(backend);
  });
  return backend;
}
