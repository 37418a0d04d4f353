import { describe, expect, test } from "vitest";
import { keptIn, post, postTelnyx, queuedFor, signed, telnyxBody, unsortedRoom, until } from "./door.ts";

const LIMIT = 64 * 1024;

describe("a notice that Telnyx signed", () => {
  test("is in its call's room, byte for byte, before it is answered 200", async () => {
    const { body, room, eventId } = telnyxBody("ü-call");
    const response = await postTelnyx(body);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
    const expected = { vendor: "telnyx", eventId, eventType: "call.hangup", body, verdict: "readable", callback: {} };
    expect(await keptIn(room)).toMatchObject([expected]);
  });

  test("goes to the room that our client state names", async () => {
    const room = `call_${crypto.randomUUID()}`;
    const { body } = telnyxBody("dialed", { client_state: btoa(JSON.stringify({ v: 1, room })) });
    await postTelnyx(body);
    expect(await keptIn(room)).toMatchObject([{ body }]);
  });

  test("is taken at the failover address as well", async () => {
    const { body, room } = telnyxBody();
    expect((await postTelnyx(body, "/webhooks/telnyx/failover")).status).toBe(200);
    expect(await keptIn(room)).toHaveLength(1);
  });

  test("may come without a length", async () => {
    const { body, room } = telnyxBody();
    const bytes = new TextEncoder().encode(body);
    const stream = new ReadableStream({
      start(controller) {
        for (let i = 0; i < bytes.length; i += 100) controller.enqueue(bytes.slice(i, i + 100));
        controller.close();
      },
    });
    expect((await post("/webhooks/telnyx", stream, await signed(body))).status).toBe(200);
    expect(await keptIn(room)).toMatchObject([{ body }]);
  });
});

describe("a notice that is refused", () => {
  async function expectRefused(body: string, headers: Record<string, string>, room: string): Promise<void> {
    const response = await post("/webhooks/telnyx", body, headers);
    expect(response.status).toBe(403);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ code: "forbidden", type: "urn:earwitness:problem:forbidden" });
    expect(await keptIn(room)).toEqual([]);
  }

  test("because it is not signed", async () => {
    const { body, room } = telnyxBody();
    await expectRefused(body, {}, room);
  });

  test("because it is signed with another key", async () => {
    const { body, room } = telnyxBody();
    const pair = await crypto.subtle.generateKey({ name: "Ed25519" }, true, ["sign", "verify"]);
    if (!("privateKey" in pair)) throw new Error("no pair");
    await expectRefused(body, await signed(body, { key: pair.privateKey }), room);
  });

  test.each([
    ["stale", -301_000],
    ["from the future", 302_000],
  ])("because it is %s", async (_name, ms) => {
    const { body, room } = telnyxBody();
    await expectRefused(body, await signed(body, { atMs: Date.now() + ms }), room);
  });

  test("because it was cut short", async () => {
    const { body, room } = telnyxBody();
    await expectRefused(body.slice(0, -1), await signed(body), room);
  });

  test("because another notice's signature was put on it", async () => {
    const genuine = telnyxBody();
    const forged = telnyxBody();
    await expectRefused(forged.body, await signed(genuine.body), forged.room);
  });
});

describe("a notice that is too long", () => {
  test("by the length that it tells is answered 413", async () => {
    const body = "x".repeat(LIMIT + 1);
    const response = await post("/webhooks/telnyx", body, await signed(body));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: "too_large" });
  });

  test("by what it turns out to be is answered 413", async () => {
    const chunk = new Uint8Array(4096).fill(120);
    let sent = 0;
    const stream = new ReadableStream({
      pull(controller) {
        sent += chunk.length;
        controller.enqueue(chunk);
        if (sent > 4 * LIMIT) controller.close();
      },
    });
    const response = await post("/webhooks/telnyx", stream, await signed("x"));
    expect(response.status).toBe(413);
  });

  test("by nothing, at exactly the limit, is taken", async () => {
    const body = "x".repeat(LIMIT);
    expect((await postTelnyx(body)).status).toBe(200);
  });
});

describe("signed nonsense is acknowledged and kept as unreadable", () => {
  test.each([
    ["no JSON", () => "not json"],
    [
      "the envelope of API v1",
      () => JSON.stringify({ record_type: "event", event_type: "call_initiated", payload: {} }),
    ],
    ["no event id", () => JSON.stringify({ data: { event_type: "call.hangup", payload: { call_session_id: "s" } } })],
    ["no call", () => JSON.stringify({ data: { event_type: "message.received", id: "m-1", payload: {} } })],
    ["nothing at all", () => ""],
  ])("%s", async (_name, make) => {
    const body = make();
    expect((await postTelnyx(body)).status).toBe(200);
    const kept = await keptIn(unsortedRoom());
    expect(kept.filter((notice) => notice.body === body)).toMatchObject([
      { verdict: "unreadable", eventType: "unreadable" },
    ]);
  });

  test("bytes that are no text are kept so that they can be had again", async () => {
    const bytes = new Uint8Array([0xff, 0xfe, 0x00, 0x80]);
    const response = await post("/webhooks/telnyx", bytes, await signed(bytes));
    expect(response.status).toBe(200);
    const kept = await keptIn(unsortedRoom());
    expect(kept.some((notice) => notice.body === `base64:${btoa(String.fromCharCode(...bytes))}`)).toBe(true);
  });

  test("text that Postgres cannot hold is kept as its bytes", async () => {
    const body = `{"data":"\0${crypto.randomUUID()}"}`;
    expect((await postTelnyx(body)).status).toBe(200);
    const kept = await keptIn(unsortedRoom());
    expect(kept.some((notice) => notice.body === `base64:${btoa(body)}`)).toBe(true);
  });

  test("the same bytes have the same event id", async () => {
    const body = `twice ${crypto.randomUUID()}`;
    await postTelnyx(body);
    await postTelnyx(body);
    const ids = (await keptIn(unsortedRoom())).filter((notice) => notice.body === body).map((notice) => notice.eventId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });
});

describe("a room that does not take its notice", () => {
  test("by refusing it gets it from the queue", async () => {
    const { body, room } = telnyxBody("throws");
    expect((await postTelnyx(body)).status).toBe(200);
    expect(
      await until(
        () => queuedFor(room),
        (notices) => notices.length > 0,
      ),
    ).toMatchObject([{ body }]);
  });

  test("by not answering gets it from the queue, and the carrier its 200 within two seconds", async () => {
    const { body, room } = telnyxBody("hangs");
    const startMs = Date.now();
    expect((await postTelnyx(body)).status).toBe(200);
    expect(Date.now() - startMs).toBeLessThan(2000);
    expect(
      await until(
        () => queuedFor(room),
        (notices) => notices.length > 0,
      ),
    ).toMatchObject([{ body }]);
  });

  test("while the queue refuses too is answered 503, so that the carrier sends it again", async () => {
    // Each quotation mark is two characters in JSON: the queue refuses a message over 128 000 bytes.
    const body = `!${'"'.repeat(LIMIT - 1)}`;
    const response = await postTelnyx(body);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: "unavailable" });
  });
});
