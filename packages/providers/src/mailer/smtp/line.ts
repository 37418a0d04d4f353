/** A reply of an SMTP server, its lines without their code. */
export interface Reply {
  readonly code: number;
  readonly lines: readonly string[];
}

/** A server that says more than this is none. RFC 5321 4.5.3.1.5 allows 512 bytes a line; some say more. */
const MAX_LINE_BYTES = 4_096;
const MAX_LINES = 100;

/** What a connection can break with, besides what the socket itself throws. */
class LineBroken extends Error {
  override readonly name = "LineBroken";
}

/** Opens a TCP connection: `connect` of `cloudflare:sockets`. */
export type Connect = (
  address: { hostname: string; port: number },
  options: { secureTransport: "on" | "starttls"; allowHalfOpen: false },
) => Socket;

/** The server's line: commands out, replies in, one at a time. */
export class SmtpLine {
  #socket: Socket;
  #reader: ReadableStreamDefaultReader<Uint8Array>;
  #writer: WritableStreamDefaultWriter<Uint8Array>;
  #decoder = new TextDecoder();
  #held = "";

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#reader = socket.readable.getReader();
    this.#writer = socket.writable.getWriter();
  }

  async write(text: string): Promise<void> {
    await this.#writer.write(new TextEncoder().encode(text));
  }

  /** The next reply. Throws `LineBroken` for what is none, and when the server hangs up: it never reads on from an ended line. */
  async reply(): Promise<Reply> {
    const lines: string[] = [];
    for (;;) {
      const [, code = "", mark, text = ""] = /^(\d{3})([ -]?)(.*)$/.exec(await this.#nextLine()) ?? [];
      if (code === "" || lines.length === MAX_LINES) throw new LineBroken("The server said what is no SMTP reply.");
      lines.push(text);
      if (mark !== "-") return { code: Number(code), lines };
    }
  }

  /**
   * Goes on in TLS, with a certificate for the name that was connected to. Throws `LineBroken` where something was said after the agreement to do
   * so: it came in the clear, and is not the server's word (CVE-2011-0411).
   */
  startTls(): void {
    if (this.#held !== "") throw new LineBroken("Something was said before the line was secure.");
    this.#reader.releaseLock();
    this.#writer.releaseLock();
    this.#socket = this.#socket.startTls();
    this.#reader = this.#socket.readable.getReader();
    this.#writer = this.#socket.writable.getWriter();
    this.#decoder = new TextDecoder();
  }

  /** Hangs up; whoever waits for a reply is told that the line broke. */
  async close(): Promise<void> {
    await this.#socket.close();
  }

  async #nextLine(): Promise<string> {
    for (;;) {
      const end = this.#held.indexOf("\n");
      if (end !== -1) {
        const line = this.#held.slice(0, end).replace(/\r$/, "");
        this.#held = this.#held.slice(end + 1);
        return line;
      }
      if (this.#held.length > MAX_LINE_BYTES) throw new LineBroken("The server said a line without an end.");
      const { done, value } = await this.#reader.read();
      if (done) throw new LineBroken("The server hung up.");
      this.#held += this.#decoder.decode(value, { stream: true });
    }
  }
}
