import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { generate } from "selfsigned";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { z } from "zod";

/** What a server that takes mail was given: the addresses of the commands, and the message as it came. */
const TakenMail = z.object({
  from: z.string(),
  to: z.array(z.string()),
  message: z.string(),
  secure: z.boolean(),
  user: z.string(),
  ehlo: z.string(),
});
export type TakenMail = z.infer<typeof TakenMail>;

export const MailServers = z.object({
  certificate: z.string(),
  /** Implicit TLS; STARTTLS; one that offers no STARTTLS. */
  ports: z.object({ tls: z.int(), starttls: z.int(), clear: z.int(), login: z.int() }),
  username: z.string(),
  password: z.string(),
  /** `GET /mails`: what was taken, and every password that was told in the clear. */
  controlUrl: z.string(),
});
export type MailServers = z.infer<typeof MailServers>;

const USERNAME = "relay@earwitness.test";
const PASSWORD = "pâss:wörd";

/** Recipients at whose name the servers stumble, and how. */
const STUMBLES: Record<string, { step: "rcpt" | "data"; code: number; message: string }> = {
  "unknown@mail.test": { step: "rcpt", code: 550, message: "5.1.1 No such user" },
  "busy@mail.test": { step: "rcpt", code: 451, message: "4.7.0 Try again later" },
  "full@mail.test": { step: "data", code: 552, message: "5.2.2 Mailbox full" },
  "later@mail.test": { step: "data", code: 421, message: "4.3.0 Going down" },
};

/** npm's smtp-server in four settings, with a certificate made for the occasion. */
export async function startMailServers(): Promise<MailServers & { close(): Promise<void> }> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] },
    ],
  });
  const taken: TakenMail[] = [];
  const open: SMTPServer[] = [];
  const listen = async (options: SMTPServerOptions) => {
    const server = new SMTPServer({ key, cert, logger: false, size: 1_000_000, ...options, ...handlers(taken) });
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
  const control = createHttpServer((_request, response) => response.end(JSON.stringify(taken)));
  control.listen(0, "127.0.0.1");
  await once(control, "listening");
  return {
    certificate: cert,
    ports,
    username: USERNAME,
    password: PASSWORD,
    controlUrl: `http://127.0.0.1:${portOf(control.address())}`,
    async close() {
      await Promise.all(open.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))));
      control.close();
      control.closeAllConnections();
    },
  };
}

function handlers(taken: TakenMail[]): SMTPServerOptions {
  return {
    onAuth({ username, password }, _session, done) {
      if (username === USERNAME && password === PASSWORD) done(null, { user: username });
      else done(refusal(535, "5.7.8 Authentication credentials invalid"));
    },
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
