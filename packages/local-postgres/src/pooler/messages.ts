/** Messages of Postgres' wire protocol 3.0, https://www.postgresql.org/docs/17/protocol-message-formats.html */

/** One message: its type's letter (empty for those that open a connection) and all of its bytes. */
export interface Message {
  readonly type: string;
  readonly bytes: Buffer;
}

/** A length that no sane message has: what follows is not this protocol. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

/** Cuts a stream of bytes into messages. `take` gives each that is complete; what is not stays for the next bytes. */
export class MessageReader {
  #rest: Buffer = Buffer.alloc(0);

  add(bytes: Buffer): void {
    this.#rest = this.#rest.byteLength === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
  }

  /** `untyped`: the first message of a connection has no letter. Throws on a length that cannot be. */
  take(untyped = false): Message | null {
    const letters = untyped ? 0 : 1;
    if (this.#rest.byteLength < letters + 4) return null;
    const length = letters + this.#rest.readUInt32BE(letters);
    if (length < letters + 4 || length > MAX_MESSAGE_BYTES) throw new Error("This is not Postgres' protocol.");
    if (this.#rest.byteLength < length) return null;
    const bytes = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return { type: untyped ? "" : bytes.toString("latin1", 0, 1), bytes };
  }
}

function message(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(type.length + 4);
  head.write(type, "latin1");
  head.writeUInt32BE(body.byteLength + 4, type.length);
  return Buffer.concat([head, body]);
}

function text(...values: string[]): Buffer {
  return Buffer.from(values.map((value) => `${value}\0`).join(""));
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

const PROTOCOL_3_0 = 196_608;

/** Opens a connection with these settings. */
export function startupMessage(parameters: Readonly<Record<string, string>>): Buffer {
  return message("", int32(PROTOCOL_3_0), text(...Object.entries(parameters).flat()), Buffer.alloc(1));
}

/** What a connection is opened with: settings, or a wish that comes before them (encryption, a cancellation). */
export function readStartup({ bytes }: Message): { code: number; parameters: Map<string, string> } {
  const words = bytes.toString("utf8", 8).split("\0");
  const parameters = new Map<string, string>();
  for (let at = 0; words[at]; at += 2) parameters.set(words[at] ?? "", words[at + 1] ?? "");
  return { code: bytes.readInt32BE(4), parameters };
}

/** The numbers by which a first message is a wish and no login. */
export const SSL_REQUEST = 80_877_103;
export const GSS_REQUEST = 80_877_104;
export const CANCEL_REQUEST = 80_877_102;

export const authenticationOk = message("R", int32(0));
export const backendKey = message("K", int32(0), int32(0));
export const readyIdle = message("Z", Buffer.from("I"));

/** A simple query. */
export function queryMessage(statement: string): Buffer {
  return message("Q", text(statement));
}

/** An error after which the connection is over. */
export function fatalError(code: string, what: string): Buffer {
  return message("E", text("SFATAL", "VFATAL", `C${code}`, `M${what}`), Buffer.alloc(1));
}

/** The name that a Parse message gives its statement; empty for the unnamed one. */
export function parsedName({ bytes }: Message): string {
  return bytes.toString("utf8", 5, bytes.indexOf(0, 5));
}

/** Whether a ReadyForQuery says that no transaction is open. */
export function saysIdle({ bytes }: Message): boolean {
  return bytes[5] === "I".charCodeAt(0);
}
