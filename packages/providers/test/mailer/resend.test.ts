import { type Emulators, startEmulators } from "@earwitness/emulators";
import { newId } from "@earwitness/shared";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createResendMailer } from "../../src/mailer/index.ts";

let emulators: Emulators;
beforeAll(async () => {
  emulators = await startEmulators({ resend: { requestsPerSecond: 1_000 } });
});
afterAll(() => emulators.close());

const from = "Earwitness <no-reply@earwitness.test>";
const mailer = (apiKey = emulators.resend.apiKey) =>
  createResendMailer({ baseUrl: emulators.resend.url, apiKey, from });

let to = "";
beforeEach(() => {
  to = `${crypto.randomUUID()}@mail.test`;
});
const mail = (key: string = crypto.randomUUID()) => ({
  id: newId("mail"),
  to,
  subject: "Hello",
  text: "In text",
  html: "<p>In HTML</p>",
  key,
});

async function control(path: string, init?: RequestInit): Promise<unknown> {
  return (
    await fetch(`${emulators.control.url}${path}`, { headers: { "content-type": "application/json" }, ...init })
  ).json();
}
const received = async () =>
  z.object({ mails: z.array(z.looseObject({})) }).parse(await control(`/mailbox?to=${to}`)).mails;
const fault = (settings: object) =>
  control("/faults", { method: "POST", body: JSON.stringify({ target: "resend", effect: "status", ...settings }) });

describe("mail through Resend", () => {
  test("arrives with its text and its HTML", async () => {
    const outcome = await mailer().send(mail());
    expect(outcome).toMatchObject({ kind: "sent" });
    const [arrived] = await received();
    expect(arrived).toMatchObject({ subject: "Hello", text: "In text", html: "<p>In HTML</p>" });
    expect(outcome).toEqual({ kind: "sent", providerMailId: arrived?.id });
  });

  test("carries whom to answer, how to say no more, and which mail it is", async () => {
    const unsubscribeUrl = "https://app.test/api/v1/mail/unsubscribe?token=a.b";
    const sent = { ...mail(), replyTo: "ana@visitor.test", unsubscribeUrl };
    await mailer().send(sent);
    expect(await received()).toMatchObject([
      {
        reply_to: ["ana@visitor.test"],
        headers: {
          "List-Unsubscribe": `<${unsubscribeUrl}>`,
          "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
          "X-Entity-Ref-ID": sent.key,
        },
        tags: [{ name: "mail", value: sent.id }],
      },
    ]);
  });

  test("is sent once for one key", async () => {
    const key = crypto.randomUUID();
    const once = mail(key);
    const sent = [await mailer().send(once), await mailer().send(once)];
    expect(sent[0]).toEqual(sent[1]);
    expect(await received()).toHaveLength(1);
  });

  test("with a wrong key is refused for good, and the key is not in the error", async () => {
    const sending = mailer("re_wrong_key_0123").send(mail());
    await expect(sending).rejects.toMatchObject({ code: "vendor_failed", retryable: false });
    await expect(sending).rejects.not.toThrow(/re_wrong_key/);
  });

  test("that the service cannot take now may be tried again, when it says so", async () => {
    await fault({ status: 429, retryAfterSecs: 7 });
    await expect(mailer().send(mail())).rejects.toMatchObject({ retryable: true, retryAfterMs: 7_000 });
    await fault({ status: 500 });
    await expect(mailer().send(mail())).rejects.toMatchObject({ code: "vendor_failed", retryable: true });
    await mailer().send(mail());
    expect(await received()).toHaveLength(1);
  });

  test("over a line that is dead is a failure that may pass", async () => {
    const dead = createResendMailer({ baseUrl: "http://127.0.0.1:9", apiKey: "re_x", from });
    await expect(dead.send(mail())).rejects.toMatchObject({ code: "vendor_failed", retryable: true });
  });
});
