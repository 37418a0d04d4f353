import type { Mail } from "@earwitness/core";
import { newId } from "@earwitness/shared";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SmtpOptions } from "../../src/mailer/index.ts";
import { type MailServers, startMailServers, type TakenMail } from "./workerd/mail-server.ts";
import { type Outcome, type SendingWorker, startSendingWorker } from "./workerd/start.ts";

const FROM = "Earwitness Müller <no-reply@earwitness.test>";

let servers: MailServers;
let worker: SendingWorker;
beforeAll(async () => {
  servers = await startMailServers();
  worker = await startSendingWorker(servers.certificate);
}, 60_000);
afterAll(async () => {
  await worker?.close();
  await servers.close();
});

/** Sends a mail from a Worker through one of the servers. */
function send(
  kind: keyof MailServers["ports"],
  sent: Mail,
  { from = FROM, ...changed }: Partial<Omit<SmtpOptions, "connect">> = {},
): Promise<Outcome> {
  const { ports, username, password } = servers;
  const security = kind === "tls" || kind === "login" ? ("tls" as const) : ("starttls" as const);
  const smtp = { hostname: "localhost", port: ports[kind], security, username, password, ...changed };
  return worker.send({ mail: sent, from, smtp });
}

function mail(changed: Partial<Mail> = {}): Mail {
  const key = crypto.randomUUID();
  return {
    id: newId("mail"),
    to: `${key}@mail.test`,
    subject: "Hello",
    text: "In text\n",
    html: "<p>In HTML</p>",
    key,
    ...changed,
  };
}

const taken = (to: string): TakenMail[] => servers.taken.filter((mail) => mail.to.includes(to));
/** `answer`: what came of the asking, left out where nobody was asked. */
const failed = (retryable: boolean, message: unknown = expect.any(String), answer?: object) => ({
  failed: { code: "vendor_failed", retryable, message, ...(answer && { vendorAnswer: answer }) },
});
const refused = (retryable: boolean, words: string) => {
  const said = expect.stringContaining(words);
  return failed(retryable, said, { status: Number(/\d{3}/.exec(words)), answer: said });
};
const broken = failed(true, expect.any(String), { status: null, answer: null });

/** The one mail that somebody was sent, its header's lines unfolded and its parts decoded. */
function received(to: string) {
  const [mail, ...others] = taken(to);
  if (mail === undefined || others.length > 0) throw new Error(`${to} was sent ${others.length} mails.`);
  const { message, ...envelope } = mail;
  const [head = "", ...rest] = message.split("\r\n\r\n");
  const headers = head.replaceAll(/\r\n /g, " ").split("\r\n");
  const boundary = /boundary="([^"]+)"/.exec(head)?.[1] ?? "";
  const parts = rest
    .join("\r\n\r\n")
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => decoded(part.slice(part.indexOf("\r\n\r\n") + 4, -2)));
  return { ...envelope, message, headers, parts };
}

function decoded(body: string): string {
  const bytes = body
    .replaceAll("=\r\n", "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
}

describe("mail through an SMTP server", () => {
  test.each(["tls", "starttls", "login"] as const)("arrives over a secure line (%s)", async (kind) => {
    const sent = mail();
    expect(await send(kind, sent)).toEqual({ sent: { kind: "sent", providerMailId: "2.0.0 Ok: queued as 4F1D2" } });
    const { headers, parts, ...arrived } = received(sent.to);
    expect(arrived).toMatchObject({ from: "no-reply@earwitness.test", secure: true, user: servers.username });
    expect(arrived.ehlo).toBe("earwitness.test");
    expect(headers).toContain("Subject: Hello");
    expect(headers).toContain(`To: <${sent.to}>`);
    expect(headers).toContainEqual(expect.stringMatching(/^From: =\?utf-8\?B\?\S+\?= <no-reply@earwitness\.test>$/));
    expect(headers).toContainEqual(expect.stringMatching(/^Date: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000$/));
    expect(parts).toEqual(["In text\r\n", "<p>In HTML</p>"]);
  });

  test("is the same to the letter, whatever is in it", async () => {
    const odd = [
      ".",
      "..",
      ".a line",
      "a space at the end ",
      "a = b",
      "Grüße, 你好 😀",
      "x".repeat(2_000),
      "\ttab\t",
      "",
    ];
    const text = [...odd, "."].join("\n");
    const html = `<p style="color:red">${"é".repeat(500)}</p>\n.\n.</p>`;
    const sent = mail({ text, html, subject: `Ünïcode ${"😀é".repeat(60)}` });
    await send("tls", sent);
    const { parts, message, headers } = received(sent.to);
    expect(parts.map((part) => part.replaceAll("\r\n", "\n"))).toEqual([text, html]);
    for (const line of message.split("\r\n")) expect(line.length).toBeLessThanOrEqual(78);
    expect(message).toMatch(/^[\t\x20-\x7e\r\n]*$/);
    const words =
      headers
        .find((header) => header.startsWith("Subject: "))
        ?.slice(9)
        .split(" ") ?? [];
    const bytesOf = (word: string) => Uint8Array.from(atob(word.slice(10, -2)), (c) => c.charCodeAt(0));
    expect(words.map((word) => new TextDecoder().decode(bytesOf(word))).join("")).toBe(sent.subject);
  });

  test("of one key has one Message-ID", async () => {
    const sent = mail();
    await send("tls", sent);
    await send("tls", sent);
    const ids = taken(sent.to).map(({ message }) => /^Message-ID: (\S+)\r$/m.exec(message)?.[1]);
    expect(ids[0]).toMatch(/^<[0-9a-f]{40}@earwitness\.test>$/);
    expect(ids).toEqual([ids[0], ids[0]]);
  });

  test("takes no header from its subject or its sender's name", async () => {
    const sent = mail({ subject: "Hi\r\nBcc: thief@mail.test\r\n\r\nBody" });
    await send("tls", sent, { from: "Ear\r\nBcc: thief@mail.test <no-reply@earwitness.test>" });
    const { headers } = received(sent.to);
    expect(headers.some((header) => /^bcc/i.test(header))).toBe(false);
    expect(headers).toContain("Subject: Hi Bcc: thief@mail.test Body");
    expect(taken("thief@mail.test")).toEqual([]);
  });

  test.each([
    "a@mail.test>\r\nRCPT TO:<thief@mail.test",
    "a b@mail.test",
    "<a@mail.test>",
    "a@mail.test\r\n",
    '"a"@mail.test',
    "a@mail.test@mail.test",
    "a@mail.test/x",
    "",
  ])("to %j is refused before anything is said", async (to) => {
    expect(await send("tls", mail({ to }))).toEqual(failed(false, expect.stringContaining("recipient's address")));
    expect(taken("thief@mail.test")).toEqual([]);
  });

  test.each([
    ["policy@mail.test", false, "RCPT TO was answered 550 5.7.1"],
    ["full@mail.test", false, "The message was answered 552 5.2.2"],
    ["busy@mail.test", true, "RCPT TO was answered 451 4.7.0"],
    ["later@mail.test", true, "The message was answered 421 4.3.0"],
  ])("to %s is refused as the server says (may be tried again: %s)", async (to, retryable, words) => {
    expect(await send("tls", mail({ to }))).toEqual(refused(retryable, words));
  });

  test.each([
    ["unknown@mail.test", "SMTP: RCPT TO was answered 550 5.1.1 No such user"],
    ["gone@mail.test", "SMTP: RCPT TO was answered 550 Who is that?"],
  ])("to %s is refused for the address, and is no failure", async (to, detail) => {
    expect(await send("tls", mail({ to }))).toEqual({ sent: { kind: "refused", cause: "bounced", detail } });
  });

  test("carries whom to answer and how to say no more, and takes no header from them", async () => {
    const unsubscribeUrl = "https://app.test/api/v1/mail/unsubscribe?token=a.b\r\nBcc: thief@mail.test";
    const sent = mail({ replyTo: "ana@visitor.test", unsubscribeUrl });
    await send("tls", sent);
    const { headers } = received(sent.to);
    expect(headers).toContain("Reply-To: <ana@visitor.test>");
    expect(headers).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    expect(headers.find((header) => header.startsWith("List-Unsubscribe: "))).toMatch(
      /^List-Unsubscribe: <https:[!-~]+>$/,
    );
    const odd = mail({ replyTo: "a@b.test\r\nBcc: thief@mail.test" });
    await send("tls", odd);
    for (const to of [sent.to, odd.to]) {
      expect(received(to).headers.some((header) => /^bcc/i.test(header))).toBe(false);
    }
  });

  test("with a wrong password is refused for good, and the password is not in the error", async () => {
    const outcome = await send("tls", mail(), { password: "guessed-secret" });
    expect(outcome).toEqual(refused(false, "AUTH was answered 535"));
    expect(JSON.stringify(outcome)).not.toMatch(/guessed-secret|Z3Vlc3NlZC1zZWNyZXQ/);
  });

  test("goes nowhere where the server offers no secure line, and no password is told", async () => {
    const sent = mail();
    expect(await send("clear", sent)).toEqual(refused(false, "STARTTLS was answered 502"));
    expect(taken(sent.to)).toEqual([]);
    expect(servers.logins()).toBe(0);
  });

  test.each(["tls", "starttls"] as const)("goes nowhere where the certificate is another host's (%s)", async (kind) => {
    const sent = mail();
    expect(await send(kind, sent, { hostname: "127.0.0.1" })).toEqual(broken);
    expect(taken(sent.to)).toEqual([]);
  });

  test("over a line that is dead is a failure that may pass", async () => {
    expect(await send("tls", mail(), { port: 9 })).toEqual(broken);
  });

  test("to a server that hangs up, babbles, or mixes what is secret with what is not is a failure that may pass", async () => {
    for (const script of ["hang up", "babble", "a line without an end", "inject"] as const) {
      expect(await send("starttls", mail(), { port: await servers.odd(script) }), script).toEqual(broken);
    }
  });
});

describe("mail through Cloudflare's binding", () => {
  test("is handed over, and a recipient whom the binding does not allow is a failure", async () => {
    const sent = await worker.send({ mail: mail({ to: "ana@mail.test" }), from: FROM });
    expect(sent).toEqual({ sent: { kind: "sent", providerMailId: expect.any(String) } });
    const refused = await worker.send({ mail: mail({ to: "ben@mail.test" }), from: FROM });
    expect(refused).toMatchObject({ failed: { code: "vendor_failed" } });
  });
});
