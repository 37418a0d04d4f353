import { CreatedApiKey, NoteList, NoteView, TokenPair } from "@earwitness/shared";
import { beforeAll, describe, expect, test } from "vitest";
import { problemIn, request } from "./setup/browser.ts";
import { addCall } from "./setup/records.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

let tenant: Tenant;
beforeAll(async () => {
  tenant = await newTenant();
});

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

describe("a request that creates something, sent again with its key", () => {
  let path: string;
  beforeAll(async () => {
    path = `/v1/calls/${(await addCall(tenant)).id}/notes`;
  });
  const note = (text: string, key: string, more: Record<string, string> = {}) =>
    tenant.call(path, { method: "POST", json: { text }, headers: { "idempotency-key": key, ...more } });
  const notes = async () => NoteList.parse(await (await tenant.call(path)).json()).notes;
  const newKey = () => crypto.randomUUID();

  test("gets the same answer, byte for byte, and is done once", async () => {
    const key = newKey();
    const first = await note("Once", key);
    expect(first.status).toBe(201);
    const bytes = await first.text();
    const again = await note("Once", key);
    expect([again.status, await again.text()]).toEqual([201, bytes]);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(again.headers.get("content-type")).toBe(first.headers.get("content-type"));
    const { id } = NoteView.parse(JSON.parse(bytes));
    expect((await notes()).filter((one) => one.text === "Once").map((one) => one.id)).toEqual([id]);
  });

  test("at once is done once: the others are told to come again, and then get the answer", async () => {
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 6 }, () => note("Together", key)));
    const made = answers.filter(({ status }) => status === 201);
    expect(made.length).toBeGreaterThan(0);
    for (const late of answers.filter(({ status }) => status !== 201)) {
      expect([late.status, late.headers.get("retry-after")]).toEqual([409, "1"]);
    }
    expect((await notes()).filter(({ text }) => text === "Together")).toHaveLength(1);
    expect((await note("Together", key)).status).toBe(201);
  });

  test("with another body, or at another address, is refused", async () => {
    const key = newKey();
    await note("This", key);
    const other = await note("That", key);
    expect(other.status).toBe(422);
    expect((await problemIn(other)).errors?.[0]?.pointer).toBe("header/idempotency-key");
    const elsewhere = `/v1/calls/${(await addCall(tenant)).id}/notes`;
    const headers = { "idempotency-key": key };
    const moved = await tenant.call(elsewhere, { method: "POST", json: { text: "This" }, headers });
    expect(moved.status).toBe(422);
  });

  test("by somebody else is a request of its own", async () => {
    const key = newKey();
    const mine = await note("Mine", key);
    const theirs = await tenant.browser.json(path, "POST", { text: "Mine" }, { "idempotency-key": key });
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(await mine.text()).not.toBe(await theirs.text());
  });

  test("after it failed is tried again", async () => {
    const key = newKey();
    const call = await addCall(tenant, { state: "ended" });
    const missing = path.replace(/call_\w+/, "call_01k9zzzzzzezzsx7zzzzzzzzzz");
    const headers = { "idempotency-key": key };
    const failed = await tenant.call(missing, { method: "POST", json: { text: "Later" }, headers });
    expect(failed.status).toBe(404);
    const fine = await tenant.call(`/v1/calls/${call.id}/notes`, { method: "POST", json: { text: "Later" }, headers });
    expect(fine.status).toBe(201);
  });

  test("gets an API key once more, which is stored sealed", async () => {
    const key = newKey();
    const make = () => tenant.browser.json("/v1/api-keys", "POST", { name: "Sealed" }, { "idempotency-key": key });
    const [first, again] = [await (await make()).text(), await (await make()).text()];
    expect(again).toBe(first);
    const { key: secret } = JSON.parse(first);
    expect((await request("/v1/calls", { headers: bearer(secret) })).status).toBe(200);
  });

  test("by an access token gets nothing that its API key was told", async () => {
    const made = await tenant.browser.json("/v1/api-keys", "POST", { name: "Exchanged", scope: "write" });
    const { key: apiKey } = CreatedApiKey.parse(await made.json());
    const headers = { "idempotency-key": newKey(), "content-type": "application/json" };
    const exchange = (by: string) =>
      request("/v1/tokens", { method: "POST", headers: { ...headers, ...bearer(by) }, body: "{}" });
    const { accessToken } = TokenPair.parse(await (await exchange(apiKey)).json());
    expect((await exchange(accessToken)).status).toBe(403);
    expect((await exchange(apiKey)).headers.get("idempotency-replayed")).toBe("true");
  });

  test("that is no sensible key is refused", async () => {
    for (const key of ["short", "x".repeat(129)]) {
      const response = await note("Never", key);
      expect(response.status).toBe(400);
      expect((await problemIn(response)).errors?.[0]?.pointer).toBe("header/idempotency-key");
    }
  });
});
