import { createPrivateKey, sign } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { REFUSAL_PATH } from "./support/refusing-bindings.ts";
import { eventually, useStack } from "./support/use-stack.ts";
import { writeRefusingWebhooks } from "./support/write-refusing-webhooks.ts";

const SEED = new Uint8Array(32).fill(9);
/** PKCS #8 around a raw Ed25519 seed, RFC 8410. */
const keyOf = (seed: Uint8Array) =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]),
    format: "der",
    type: "pkcs8",
  });

describe("the door for notices", () => {
  const entries = mkdtempSync(path.join(tmpdir(), "earwitness-door-test-"));
  const product = useStack({
    emulators: { telnyx: { seed: SEED } },
    entries: { webhooks: writeRefusingWebhooks(entries) },
  });
  let database: pg.Client;
  beforeAll(async () => {
    database = new pg.Client({ connectionString: product.stack.databaseUrl });
    await database.connect();
    // The tables' owner meets their row-level security too.
    await database.query("select set_config('app.actor', 'system', false)");
  });
  afterAll(async () => {
    await database.end();
    rmSync(entries, { recursive: true, force: true });
  });

  const kept = async (where: string, value: string) =>
    (await database.query(`select body, applied, flag, repeats from inbound_notices where ${where} = $1`, [value]))
      .rows;

  function notice(over: { id?: string; session?: string; event?: string; payload?: object } = {}) {
    const id = over.id ?? crypto.randomUUID();
    const session = over.session ?? crypto.randomUUID();
    const body = JSON.stringify({
      data: {
        record_type: "event",
        event_type: over.event ?? "call.hangup",
        id,
        occurred_at: new Date().toISOString(),
        payload: {
          call_control_id: `v3:${id}`,
          call_leg_id: id,
          call_session_id: session,
          connection_id: "1",
          ...over.payload,
        },
      },
      meta: { attempt: 1, delivered_to: "" },
    });
    return { id, session, body };
  }

  function post(
    body: string,
    over: {
      seed?: Uint8Array;
      ageSeconds?: number;
      headers?: Record<string, string | undefined>;
      signed?: string;
    } = {},
  ) {
    const timestamp = String(Math.floor(Date.now() / 1000) - (over.ageSeconds ?? 0));
    const signature = sign(null, Buffer.from(`${timestamp}|${over.signed ?? body}`), keyOf(over.seed ?? SEED));
    const headers: Record<string, string | undefined> = {
      "content-type": "application/json",
      "telnyx-timestamp": timestamp,
      "telnyx-signature-ed25519": signature.toString("base64"),
      ...over.headers,
    };
    const present = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return fetch(`${product.stack.urls.webhooks}/webhooks/telnyx`, { method: "POST", headers: present, body });
  }

  it.each([
    ["signed with another key", { seed: new Uint8Array(32).fill(1) }],
    ["older than five minutes", { ageSeconds: 301 }],
    ["from more than five minutes ahead", { ageSeconds: -301 }],
    ["without its signature", { headers: { "telnyx-signature-ed25519": undefined } }],
    ["without its time", { headers: { "telnyx-timestamp": undefined } }],
    ["whose time was changed", { headers: { "telnyx-timestamp": String(Math.floor(Date.now() / 1000) + 1) } }],
    ["whose signature is no base64", { headers: { "telnyx-signature-ed25519": "not base64!" } }],
    ["cut short", { cut: true }],
  ])("refuses a notice %s and keeps nothing of it", async (_, how) => {
    const forged = notice();
    const { cut, ...over } = { cut: false, ...how };
    const response = await post(cut ? forged.body.slice(0, -20) : forged.body, cut ? { signed: forged.body } : over);
    expect(response.status).toBe(403);
    expect(response.headers.get("content-type")).toContain("application/problem+json");

    // A right one of the same call goes the whole way; only it is in the record.
    const right = notice({ session: forged.session });
    expect((await post(right.body)).status).toBe(200);
    const rows = await eventually("the right one to be in the record", async () => {
      const found = await kept("room", `telnyx:${forged.session}`);
      return found.length > 0 ? found : undefined;
    });
    expect(rows).toMatchObject([{ body: right.body, repeats: 0 }]);
  });

  it("takes one that is just young enough", async () => {
    expect((await post(notice().body, { ageSeconds: 290 })).status).toBe(200);
  });

  it("refuses a body over the limit, whether or not it says its length", async () => {
    const huge = JSON.stringify({ data: "x".repeat(70_000) });
    expect((await post(huge)).status).toBe(413);
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let i = 0; i < 8; i++) controller.enqueue(new TextEncoder().encode("x".repeat(10_000)));
        controller.close();
      },
    });
    const init: RequestInit & { duplex: "half" } = { method: "POST", body: stream, duplex: "half" };
    expect((await fetch(`${product.stack.urls.webhooks}/webhooks/telnyx`, init)).status).toBe(413);
  });

  it.each([
    ["no JSON", `nonsense ${crypto.randomUUID()}`],
    [
      "JSON of another shape",
      JSON.stringify({ record_type: "event", event_type: "call_hangup", nonce: crypto.randomUUID() }),
    ],
    [
      "an event without a call",
      JSON.stringify({ data: { event_type: "number.order", id: crypto.randomUUID(), payload: {} } }),
    ],
  ])("acknowledges, keeps and flags what is rightly signed and %s", async (_, body) => {
    expect((await post(body)).status).toBe(200);
    const rows = await eventually("it to be in the record", async () => {
      const found = await kept("body", body);
      return found.length > 0 ? found : undefined;
    });
    expect(rows).toMatchObject([{ body, applied: false, flag: expect.stringMatching(/\S/) }]);
  });

  it("keeps one that comes twice once, and counts", async () => {
    const twice = notice();
    expect((await post(twice.body)).status).toBe(200);
    expect((await post(twice.body)).status).toBe(200);
    await eventually("the repeat to be counted", async () => {
      const rows = await kept("event_id", twice.id);
      return rows.length === 1 && rows[0].repeats === 1 ? true : undefined;
    });
  });

  it("answers 503 while neither the room nor the queue takes a notice, keeps nothing, and takes it when it comes again", async () => {
    const refusal = (method: "PUT" | "DELETE") => fetch(`${product.stack.urls.webhooks}${REFUSAL_PATH}`, { method });
    const payload = { direction: "incoming", from: "+14155550123", to: "+12125550199" };
    const refused = notice({ event: "call.initiated", payload });
    await refusal("PUT");
    try {
      const response = await post(refused.body);
      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({ code: "unavailable" });
    } finally {
      await refusal("DELETE");
    }

    // Another one of the same call goes the whole way; only it is in the record.
    const inRoom = (count: number) =>
      eventually(`${count} in the record`, async () => {
        const found = await kept("room", `telnyx:${refused.session}`);
        return found.length >= count ? found : undefined;
      });
    const other = notice({ session: refused.session });
    expect((await post(other.body)).status).toBe(200);
    expect(await inRoom(1)).toMatchObject([{ body: other.body }]);

    expect((await post(refused.body)).status).toBe(200);
    expect(await inRoom(2)).toHaveLength(2);
    expect(await kept("event_id", refused.id)).toMatchObject([{ body: refused.body, applied: true, repeats: 0 }]);
  });

  it("answers nothing but posts, and no other path", async () => {
    expect((await fetch(`${product.stack.urls.webhooks}/webhooks/telnyx`)).status).toBe(405);
    expect((await fetch(`${product.stack.urls.webhooks}/webhooks/other`, { method: "POST" })).status).toBe(404);
  });

  it("refuses the transcriber's notice without its secret", async () => {
    const url = `${product.stack.urls.webhooks}/webhooks/assemblyai?room=telnyx:x&recording=rec_x`;
    const body = JSON.stringify({ transcript_id: crypto.randomUUID(), status: "completed" });
    for (const headers of [{}, { "x-earwitness-secret": "wrong" }]) {
      expect((await fetch(url, { method: "POST", headers, body })).status).toBe(403);
    }
  });
});
