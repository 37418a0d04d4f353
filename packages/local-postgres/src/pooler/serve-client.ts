import type { Socket } from "node:net";
import { type Backend, Refusal } from "./backend.ts";
import type { Backends } from "./backends.ts";
import {
  authenticationOk,
  backendKey,
  CANCEL_REQUEST,
  fatalError,
  GSS_REQUEST,
  type Message,
  MessageReader,
  parsedName,
  readStartup,
  readyIdle,
  SSL_REQUEST,
  saysIdle,
} from "./messages.ts";

/** Settings that a client may open a connection with: none that would have to outlive a transaction. */
const HARMLESS_PARAMETERS = new Set(["user", "database", "client_encoding", "application_name"]);
/** Each of these is answered by one ReadyForQuery: a simple query, a Sync, a function call. */
const ANSWERED_WHEN_READY = new Set(["Q", "S", "F"]);
/** The parts of an extended query, which its Sync ends: Parse, Bind, Describe, Execute, Close, Flush. */
const BEFORE_SYNC = new Set(["P", "B", "D", "E", "C", "H"]);

/** The connections for a login, until the client leaves. */
export interface Pool {
  readonly backends: Backends;
  leave(): void;
}

/**
 * Serves one client: it has a connection of the server from the first message of a transaction to the end of that, and none in
 * between. `poolOf` gives the connections for who logs in. Resolves when the client is gone.
 */
export async function serveClient(
  client: Socket,
  poolOf: (login: { user: string; database: string }) => Pool,
): Promise<void> {
  const reader = new MessageReader();
  let pool: Pool | null = null;
  let backend: Backend | null = null;
  let isBorrowing = false;
  /** Messages that no connection has been found for yet. */
  let unsent: Message[] = [];
  let unanswered = 0;
  let isInQuery = false;
  let isGone = false;

  const refuse = (code: string, what: string) => client.end(fatalError(code, what));

  function take(message: Message): void {
    if (pool === null) open(message);
    else if (message.type === "X") client.end();
    else if (message.type === "P" && parsedName(message) !== "") {
      refuse("0A000", "A statement with a name would have to outlive its transaction.");
    } else {
      unsent.push(message);
      if (backend !== null) flush(backend);
      else if (!isBorrowing) void borrow(pool.backends);
    }
  }

  function open(message: Message): void {
    const { code, parameters } = readStartup(message);
    const unknown = [...parameters.keys()].find((name) => !HARMLESS_PARAMETERS.has(name));
    if (code === SSL_REQUEST || code === GSS_REQUEST) client.write("N");
    else if (code === CANCEL_REQUEST) client.end();
    else if (unknown !== undefined) refuse("0A000", `unsupported startup parameter: ${unknown}`);
    else {
      const user = parameters.get("user") ?? "";
      pool = poolOf({ user, database: parameters.get("database") ?? user });
      void greet(pool.backends);
    }
  }

  /** A client is told the settings of the server, and hears at once when it cannot be had. */
  async function greet(backends: Backends): Promise<void> {
    const one = await reach(backends);
    if (one === null) return;
    client.write(Buffer.concat([authenticationOk, one.settings, backendKey, readyIdle]));
    await backends.giveBack(one, false);
  }

  async function borrow(backends: Backends): Promise<void> {
    isBorrowing = true;
    const borrowed = await reach(backends);
    isBorrowing = false;
    if (borrowed === null) return;
    backend = borrowed;
    borrowed.lendTo({ onMessage: answer, onEnd: () => void client.destroy() });
    flush(borrowed);
  }

  async function reach(backends: Backends): Promise<Backend | null> {
    try {
      const borrowed = await backends.borrow();
      if (!isGone) return borrowed;
      await backends.giveBack(borrowed, false);
    } catch (error) {
      if (error instanceof Refusal) client.end(error.bytes);
      else refuse("08006", `The server could not be reached: ${error instanceof Error ? error.message : error}`);
    }
    return null;
  }

  function flush(to: Backend): void {
    for (const { type, bytes } of unsent) {
      if (ANSWERED_WHEN_READY.has(type)) unanswered += 1;
      isInQuery = BEFORE_SYNC.has(type) || (isInQuery && type !== "S");
      to.send(bytes);
    }
    unsent = [];
  }

  function answer(message: Message): void {
    client.write(message.bytes);
    if (message.type !== "Z") return;
    unanswered -= 1;
    if (unanswered > 0 || isInQuery || !saysIdle(message)) return;
    const done = backend;
    backend = null;
    if (done !== null) void pool?.backends.giveBack(done, false);
  }

  client.on("data", (chunk: Buffer) => {
    reader.add(chunk);
    try {
      for (let told = reader.take(pool === null); told !== null; told = reader.take(pool === null)) take(told);
    } catch (error) {
      refuse("08P01", String(error));
    }
  });
  // One that breaks closes, and that is what is waited for.
  client.on("error", () => {});
  await new Promise((resolve) => client.once("close", resolve));
  isGone = true;
  await leave(pool, backend);
}

/** Whoever goes in the middle of a transaction takes the connection along: what was done there is not what the next one finds. */
async function leave(pool: Pool | null, backend: Backend | null): Promise<void> {
  if (backend !== null) await pool?.backends.giveBack(backend, true);
  pool?.leave();
}
