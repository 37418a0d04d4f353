import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { bytesOfBase64 } from "@earwitness/shared";
import { describe, expect, test } from "vitest";
import { app } from "../src/app.ts";
import { post, queuedMailNotices, until } from "./door.ts";
import { RESEND_WEBHOOK_SECRET } from "./keys.ts";

const PATH = "/webhooks/resend";
/** Its spaces and its order are part of what is signed and kept. */
const BODY =
  '{ "type": "email.delivered",  "created_at":"2026-11-21T09:00:00.000Z", "data": {"email_id":"49a3","subject":"Grüße"} }';
const newNotice = () => `msg_${crypto.randomUUID()}`;

/** The headers by which Svix signs `body` for Resend. */
async function signed(id: string, body: string, atMs = Date.now()): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(atMs / 1000));
  const secret = bytesOfBase64(RESEND_WEBHOOK_SECRET.slice("whsec_".length));
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(`${id}.${timestamp}.${body}`));
  const signature = `v1,${btoa(String.fromCharCode(...new Uint8Array(mac)))}`;
  return { "svix-id": id, "svix-timestamp": timestamp, "svix-signature": signature };
}

describe("Resend's notice", () => {
  test("is on its queue byte for byte, with its id", async () => {
    const id = newNotice();
    expect((await post(PATH, BODY, await signed(id, BODY))).status).toBe(200);
    const [message] = await until(
      () => queuedMailNotices(id),
      (messages) => messages.length > 0,
    );
    expect(message).toMatchObject({ id, body: BODY });
    expect(Math.abs(Date.parse(message?.receivedAt ?? "") - Date.now())).toBeLessThan(10_000);
  });

  test("that is signed and says nothing that we know is kept all the same", async () => {
    const id = newNotice();
    expect((await post(PATH, "not JSON", await signed(id, "not JSON"))).status).toBe(200);
    await until(
      () => queuedMailNotices(id),
      (messages) => messages.length > 0,
    );
  });

  test.each([
    ["unsigned", async () => ({})],
    ["with another body's signature", (id: string) => signed(id, `${BODY} `)],
    [
      "with another notice's signature",
      async (id: string) => ({ ...(await signed(newNotice(), BODY)), "svix-id": id }),
    ],
    ["from six minutes ago", (id: string) => signed(id, BODY, Date.now() - 360_000)],
  ])("%s is refused and queued nowhere", async (_, headersOf: (id: string) => Promise<Record<string, string>>) => {
    const id = newNotice();
    expect((await post(PATH, BODY, await headersOf(id))).status).toBe(403);
    // What is taken afterwards is there: what was refused would be as well.
    const later = newNotice();
    await post(PATH, BODY, await signed(later, BODY));
    await until(
      () => queuedMailNotices(later),
      (messages) => messages.length > 0,
    );
    expect(await queuedMailNotices(id)).toEqual([]);
  });

  test("that is longer than is taken is refused", async () => {
    const body = `"${"x".repeat(70_000)}"`;
    expect((await post(PATH, body, await signed(newNotice(), body))).status).toBe(413);
  });

  test("that the queue does not take is answered 503, so that it comes again", async () => {
    const away = { ...env, MAIL_NOTICES: { send: () => Promise.reject(new Error("The queue is away.")) } };
    const request = new Request(`https://hooks.test${PATH}`, {
      method: "POST",
      body: BODY,
      headers: await signed(newNotice(), BODY),
    });
    const response = await app.fetch(request, away, createExecutionContext());
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: "unavailable" });
  });

  test("finds nothing here where no secret is set, whoever signed it", async () => {
    const { RESEND_WEBHOOK_SECRET: _, ...without } = { ...env, RESEND_WEBHOOK_SECRET };
    const request = new Request(`https://hooks.test${PATH}`, {
      method: "POST",
      body: BODY,
      headers: await signed(newNotice(), BODY),
    });
    expect((await app.fetch(request, without, createExecutionContext())).status).toBe(404);
  });
});
