import { connect } from "cloudflare:sockets";
import type { Mail } from "@earwitness/core";
import { describe, expect, inject, test } from "vitest";
import { createSmtpMailer } from "../../src/mailer/index.ts";
import type { TakenMail } from "./mail-server.ts";

const { ports, username, password, controlUrl } = inject("mailServers");
const FROM = "Earwitness Müller <no-reply@earwitness.test>";

function mailer(kind: keyof typeof ports, changed: Partial<Parameters<typeof createSmtpMailer>[0]> = {}) {
  const security = kind === "tls" || kind === "login" ? ("tls" as const) : ("starttls" as const);
  const settings = { hostname: "localhost", port: ports[kind], security, username, password, from: FROM, connect };
  return createSmtpMailer({ ...settings, ...changed });
}

function mail(changed: Partial<Mail> = {}): Mail {
  const key = crypto.randomUUID();
  return { to: `${key}@mail.test`, subject: "Hello", text: "In text\n", html: "<p>In HTML</p>", key, ...changed };
}

async function taken(to: string): Promise<TakenMail[]> {
  const mails: TakenMail[] = await (await fetch(controlUrl)).json();
  return mails.filter((taken) => taken.to.includes(to));
}

/** The one mail that somebody was sent, its header's lines unfolded and its parts decoded. */
async function received(to: string) {
  const mails = await taken(to);
  expect(mails).toHaveLength(1);
  const [{ message, ...envelope }] = mails as [TakenMail];
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
  test.each(["tls", "starttls", "login"] as const)(
    "arrives over a secure line (%s), and the server's word is kept",
    async (kind) => {
      const sent = mail();
      expect(await mailer(kind).send(sent)).toEqual({ mailId: "2.0.0 Ok: queued as 4F1D2" });
      const arrived = await received(sent.to);
      expect(arrived).toMatchObject({
        from: "no-reply@earwitness.test",
        secure: true,
        user: username,
        ehlo: "earwitness.test",
      });
      expect(arrived.headers).toContain("Subject: Hello");
      expect(arrived.headers).toContain(`To: <${sent.to}>`);
      expect(arrived.headers).toContainEqual(
        expect.stringMatching(/^From: =\?utf-8\?B\?\S+\?= <no-reply@earwitness\.test>$/),
      );
      expect(arrived.headers).toContainEqual(
        expect.stringMatching(/^Date: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000$/),
      );
      expect(arrived.parts).toEqual(["In text\r\n", "<p>In HTML</p>"]);
    },
  );

  test("is the same to the letter, whatever is in it", async () => {
    const text = [
      ".",
      "..",
      ".a line with a dot",
      "trailing space ",
      "a = b",
      "Grüße, 你好 😀",
      "x".repeat(2_000),
      "\ttab\t",
      "",
      ".",
    ].join("\n");
    const html = `<p style="color:red">${"é".repeat(500)}</p>\n.\n.</p>`;
    const sent = mail({ text, html, subject: `Ünïcode ${"😀é".repeat(60)}` });
    await mailer("tls").send(sent);
    const { parts, message, headers } = await received(sent.to);
    expect(parts.map((part) => part.replaceAll("\r\n", "\n"))).toEqual([text, html]);
    for (const line of message.split("\r\n")) expect(line.length).toBeLessThanOrEqual(78);
    expect(message).toMatch(/^[\x20-\x7e\r\n]*$/);
    const words =
      headers
        .find((header) => header.startsWith("Subject: "))
        ?.slice(9)
        .split(" ") ?? [];
    const subject = words.map((word) =>
      new TextDecoder().decode(Uint8Array.from(atob(word.slice(10, -2)), (c) => c.charCodeAt(0))),
    );
    expect(subject.join("")).toBe(sent.subject);
  });

  test("of one key has one Message-ID", async () => {
    const sent = mail();
    await mailer("tls").send(sent);
    await mailer("tls").send(sent);
    const ids = (await taken(sent.to)).map(({ message }) => /^Message-ID: (\S+)$/m.exec(message)?.[1]);
    expect(ids[0]).toMatch(/^<[0-9a-f]{40}@earwitness\.test>$/);
    expect(ids[1]).toBe(ids[0]);
  });

  test("takes no header and no command from what it is given", async () => {
    const sent = mail({ subject: "Hi\r\nBcc: thief@mail.test\r\n\r\nBody" });
    await mailer("tls", { from: 'Ear" <no-reply@earwitness.test>' })
      .send(sent)
      .catch(() => {});
    await mailer("tls").send(sent);
    const { headers } = await received(sent.to);
    expect(headers.some((header) => /^bcc/i.test(header))).toBe(false);
    expect(headers).toContain("Subject: Hi Bcc: thief@mail.test Body");
    for (const to of [
      "a@mail.test>\r\nRCPT TO:<thief@mail.test",
      "a b@mail.test",
      "<a@mail.test>",
      "a@mail.test\r\n",
      '"a"@mail.test',
    ]) {
      await expect(mailer("tls").send(mail({ to })), to).rejects.toMatchObject({
        code: "vendor_failed",
        retryable: false,
      });
    }
    expect(await taken("thief@mail.test")).toEqual([]);
  });

  test.each([
    ["unknown@mail.test", false, "RCPT TO was answered 550 5.1.1"],
    ["full@mail.test", false, "The message was answered 552 5.2.2"],
    ["busy@mail.test", true, "RCPT TO was answered 451 4.7.0"],
    ["later@mail.test", true, "The message was answered 421 4.3.0"],
  ])("to %s is refused as the server says (may be tried again: %s)", async (to, retryable, words) => {
    const sending = mailer("tls").send(mail({ to }));
    await expect(sending).rejects.toMatchObject({ code: "vendor_failed", retryable });
    await expect(sending).rejects.toThrow(words);
  });

  test("with a wrong password is refused for good, and the password is not in the error", async () => {
    const sending = mailer("tls", { password: "guessed-secret" }).send(mail());
    await expect(sending).rejects.toMatchObject({ retryable: false });
    await expect(sending).rejects.toThrow("AUTH was answered 535");
    await expect(sending).rejects.not.toThrow(/guessed-secret|Z3Vlc3NlZC1zZWNyZXQ/);
  });

  test("goes nowhere where the server offers no secure line", async () => {
    const sent = mail();
    await expect(mailer("clear").send(sent)).rejects.toThrow("STARTTLS was answered 502 It is not offered.");
    expect(await taken(sent.to)).toEqual([]);
  });

  test("goes nowhere where the certificate is another host's", async () => {
    await expect(mailer("tls", { hostname: "127.0.0.1" }).send(mail())).rejects.toMatchObject({ retryable: true });
    await expect(mailer("starttls", { hostname: "127.0.0.1" }).send(mail())).rejects.toMatchObject({ retryable: true });
  });

  test("over a line that is dead is a failure that may pass", async () => {
    await expect(mailer("tls", { port: 9 }).send(mail())).rejects.toMatchObject({
      code: "vendor_failed",
      retryable: true,
    });
  });
});
