import { base64Of } from "@earwitness/shared";
import type { Reply, SmtpLine } from "./line.ts";

/** How a server is spoken to. */
export interface SmtpServer {
  readonly hostname: string;
  /** `tls`: from the first byte, as on port 465. `starttls`: by STARTTLS, without which nothing is sent, as on port 587. */
  readonly security: "tls" | "starttls";
  readonly username: string;
  readonly password: string;
}

/** A mail on its way: addresses without brackets or spaces, the message with CRLF throughout. */
export interface Envelope {
  readonly from: string;
  readonly to: string;
  readonly message: string;
}

/** The step of which a server's refusal may be one of the recipient. */
const RECIPIENT = "RCPT TO";
/** Where a server says no more than this, there is no such mailbox (RFC 5321 4.2.3). */
const NO_MAILBOX: ReadonlySet<number> = new Set([550, 551, 553]);
/**
 * What the enhanced code says of the address itself (RFC 3463 3.2), or of a mailbox that is closed for good. Every other 5.x.x is
 * about the sender, the message or a policy: the next mail may get through.
 */
const BAD_ADDRESS = /^5\.(?:1\.\d+|2\.1)$/;

/** A server's refusal at one step of the dialogue. */
export class SmtpRefusal extends Error {
  override readonly name = "SmtpRefusal";
  readonly code: number;
  readonly step: string;
  /** Whether it is the recipient's address that is refused, for good. */
  readonly isOfAddress: boolean;

  constructor(step: string, { code, lines }: Reply) {
    super(`${step} was answered ${code} ${lines.join(" ").slice(0, 300)}`);
    this.code = code;
    this.step = step;
    this.isOfAddress = step === RECIPIENT && isBadAddress(code, lines);
  }
}

/**
 * Hands one mail to the server, from its greeting to its word that it has taken it, which is returned. Nothing of the mail and
 * no password goes over a line that is not secure. Throws `SmtpRefusal`, and what the line throws.
 */
export async function handOver(line: SmtpLine, server: SmtpServer, envelope: Envelope): Promise<string> {
  await expectReply(line, "The greeting", 220);
  const own = envelope.from.slice(envelope.from.lastIndexOf("@") + 1);
  let offers = await greet(line, own);
  if (server.security === "starttls") {
    if (!offers.has("STARTTLS")) throw new SmtpRefusal("STARTTLS", { code: 502, lines: ["It is not offered."] });
    await command(line, "STARTTLS", "STARTTLS", 220);
    line.startTls();
    // What it offered before was said in the clear.
    offers = await greet(line, own);
  }
  await logIn(line, server, offers.get("AUTH") ?? "");
  await command(line, "MAIL FROM", `MAIL FROM:<${envelope.from}>`, 250);
  await command(line, RECIPIENT, `RCPT TO:<${envelope.to}>`, 250);
  await command(line, "DATA", "DATA", 354);
  const taken = await command(line, "The message", `${dotStuffed(envelope.message)}.`, 250);
  return taken.lines.join(" ").slice(0, 200);
}

/** The extensions that the server offers, in upper case, each with its parameters. */
async function greet(line: SmtpLine, own: string): Promise<Map<string, string>> {
  const { lines } = await command(line, "EHLO", `EHLO ${own}`, 250);
  return new Map(
    lines.slice(1).map((text) => {
      const [keyword = "", ...parameters] = text.toUpperCase().split(/[ =]/);
      return [keyword, parameters.join(" ")];
    }),
  );
}

async function logIn(line: SmtpLine, { username, password }: SmtpServer, methods: string): Promise<void> {
  const offered = methods.split(" ");
  if (offered.includes("PLAIN")) {
    await command(line, "AUTH", `AUTH PLAIN ${base64(`\0${username}\0${password}`)}`, 235);
  } else if (offered.includes("LOGIN")) {
    await command(line, "AUTH", "AUTH LOGIN", 334);
    await command(line, "AUTH", base64(username), 334);
    await command(line, "AUTH", base64(password), 235);
  } else {
    throw new SmtpRefusal("AUTH", { code: 504, lines: ["Neither PLAIN nor LOGIN is offered."] });
  }
}

function isBadAddress(code: number, [first = ""]: readonly string[]): boolean {
  const enhanced = /^\d\.\d{1,3}\.\d{1,3}\b/.exec(first)?.[0];
  return enhanced === undefined ? NO_MAILBOX.has(code) : code >= 500 && BAD_ADDRESS.test(enhanced);
}

/** A line that begins with a dot gets another, because a dot alone ends the message (RFC 5321 4.5.2). */
function dotStuffed(message: string): string {
  return message.replaceAll(/^\./gm, "..");
}

async function command(line: SmtpLine, step: string, text: string, expected: number): Promise<Reply> {
  await line.write(`${text}\r\n`);
  return expectReply(line, step, expected);
}

async function expectReply(line: SmtpLine, step: string, expected: number): Promise<Reply> {
  const reply = await line.reply();
  // 251 and 252 take a recipient as 250 does.
  const isExpected = Math.floor(reply.code / 10) === Math.floor(expected / 10) && reply.code < 400;
  if (!isExpected) throw new SmtpRefusal(step, reply);
  return reply;
}

function base64(text: string): string {
  return base64Of(new TextEncoder().encode(text));
}
