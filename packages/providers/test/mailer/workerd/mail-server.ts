import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { generate } from "selfsigned";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** What a server that takes mail was given: the addresses of the commands, and the message as it came. */
export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly message: string;
  readonly secure: boolean;
  readonly user: string;
  readonly ehlo: string;
}

export interface MailServers {
  readonly certificate: string;
  /** TLS from the first byte; STARTTLS; one that offers no STARTTLS; TLS with AUTH LOGIN alone. */
  readonly ports: { readonly tls: number; readonly starttls: number; readonly clear: number; readonly login: number };
  readonly username: string;
  readonly password: string;
  /** What was taken, oldest first. */
  readonly taken: readonly TakenMail[];
  /** How often somebody logged in, or tried to, over a line that was not secure. */
  logins(): number;
  /** The port of a server that speaks as no server should. */
  odd(script: OddScript): Promise<number>;
  close(): Promise<void>;
}

/** `inject`: says something more with its agreement to begin TLS, which an attacker between the two could have added. */
export type OddScript = "hang up" | "babble" | "a line without an end" | "inject";

const USERNAME = "relay@earwitness.test";
const PASSWORD = "pâss:wörd";

/** Recipients at whose name the servers stumble, and how. */
const STUMBLES: Record<string, { step: "rcpt" | "data"; code: number; message: string }> = {
  "unknown@mail.test": { step: "rcpt", code: 550, message: "5.1.1 No such user" },
  "gone@mail.test": { step: "rcpt", code: 550, message: "Who is that?" },
  "policy@mail.test": { step: "rcpt", code: 550, message: "5.7.1 Not from you" },
  "busy@mail.test": { step: "rcpt", code: 451, message: "4.7.0 Try again later" },
  "full@mail.test": { step: "data", code: 552, message: "5.2.2 Mailbox full" },
  "later@mail.test": { step: "data", code: 421, message: "4.3.0 Going down" },
};

/** npm's smtp-server in four settings, with a certificate made for the occasion. */
export async function startMailServers(): Promise<MailServers> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] },
    ],
  });
  const taken: TakenMail[] = [];
  const open: SMTPServer[] = [];
  const odd: Server[] = [];
  let clearLogins = 0;
  const onAuth: SMTPServerOptions["onAuth"] = ({ username, password }, session, done) => {
    if (!session.secure) clearLogins++;
    if (username === USERNAME && password === PASSWORD) done(null, { user: username });
    else done(refusal(535, "5.7.8 Authentication credentials invalid"));
  };
  const listen = async (options: SMTPServerOptions) => {
    const server = new SMTPServer({
      key,
      cert,
      logger: false,
      size: 1_000_000,
      onAuth,
      ...options,
      ...handlers(taken),
    });
    server.on("error", () => {});
    open.push(server);
    server.listen(0, "localhost");
    await once(server.server, "listening");
    return portOf(server.server.address());
  };
  const ports = {
    tls: await listen({ secure: true }),
    starttls: await listen({}),
    clear: await listen({ disabledCommands: ["STARTTLS"], allowInsecureAuth: true }),
    login: await listen({ secure: true, authMethods: ["LOGIN"] }),
  };
  return {
    certificate: cert,
    ports,
    username: USERNAME,
    password: PASSWORD,
    taken,
    logins: () => clearLogins,
    async odd(script) {
      const server = createServer((socket) => {
        socket.on("error", () => {});
        if (script === "hang up") socket.end("220 odd.test ESMTP\r\n");
        if (script === "babble") socket.write("HTTP/1.1 400 Bad Request\r\n");
        if (script === "a line without an end") socket.write("220 ".padEnd(20_000, "x"));
        if (script !== "inject") return;
        socket.write("220 odd.test ESMTP\r\n");
        socket.on("data", (bytes) => {
          if (bytes.toString().startsWith("EHLO")) socket.write("250-odd.test\r\n250 STARTTLS\r\n");
          else socket.write("220 Go ahead\r\n250 AUTH PLAIN\r\n");
        });
      });
      odd.push(server);
      server.listen(0, "localhost");
      await once(server, "listening");
      return portOf(server.address());
    },
    async close() {
      for (const server of odd) server.close();
      await Promise.all(open.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))));
    },
  };
}

function handlers(taken: TakenMail[]): SMTPServerOptions {
  return {
    onRcptTo({ address }, _session, done) {
      const stumble = STUMBLES[address];
      done(stumble?.step === "rcpt" ? refusal(stumble.code, stumble.message) : null);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        const to = rcptTo.map(({ address }) => address);
        const stumble = STUMBLES[to[0] ?? ""];
        if (stumble?.step === "data") return done(refusal(stumble.code, stumble.message));
        taken.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to,
          message: Buffer.concat(chunks).toString("latin1"),
          secure: session.secure,
          user: String(session.user ?? ""),
          ehlo: session.hostNameAppearsAs,
        });
        return done(null, "2.0.0 Ok: queued as 4F1D2");
      });
    },
  };
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("The server listens on no TCP port.");
  return address.port;
}
