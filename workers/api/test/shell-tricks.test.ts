import { env } from "cloudflare:workers";
import { sha256Hex } from "@earwitness/core";
import { NoteList } from "@earwitness/shared";
import { workerLogger } from "@earwitness/shared/log";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { createApp } from "../src/app.ts";
import { type World, worldOf } from "./matrix/world.ts";
import { request } from "./setup/browser.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

let tenant: Tenant;
let world: World;
beforeAll(async () => {
  tenant = await newTenant();
  world = await worldOf(tenant);
});

describe("a path into the storage", () => {
  test("is asked for by the record's own key alone, whatever the address says", async () => {
    const asked: string[] = [];
    const watched = (method: "get" | "head") => (key: string, options?: R2GetOptions) => {
      asked.push(key);
      return env.RECORDINGS[method](key, options);
    };
    const ctx = { waitUntil: vi.fn(), passThroughOnException: vi.fn(), props: {} };
    const ask = (path: string) =>
      createApp(workerLogger("api")).fetch(
        new Request(`https://api.test${path}`, { headers: { authorization: `Bearer ${tenant.keys.read}` } }),
        { ...env, RECORDINGS: { get: watched("get"), head: watched("head") } },
        ctx,
      );
    const fine = await ask(`/v1/recordings/${world.recordingId}/audio`);
    expect(fine.status).toBe(200);
    await fine.body?.cancel();
    for (const trick of [
      "..%2f..%2ftrash",
      "%2e%2e",
      `${world.recordingId}%2f..%2f..%2fquarantine`,
      `${world.recordingId}%00.wav`,
      `recordings%2f${world.callId}.wav`,
      `${world.recordingId};x`,
      world.recordingId.toUpperCase(),
    ]) {
      expect((await ask(`/v1/recordings/${trick}/audio`)).status, trick).toBeGreaterThanOrEqual(400);
      expect((await ask(`/v1/calls/${world.callId}/screenshots/${trick}`)).status, trick).toBeGreaterThanOrEqual(400);
      expect((await ask(`/v1/users/${trick}/avatar`)).status, trick).toBeGreaterThanOrEqual(400);
    }
    expect(new Set(asked)).toEqual(new Set([`recordings/${world.callId}.wav`]));
  });
});

describe("what a caller sends", () => {
  test.each([
    ["in the address", "/v1/calls/x%0d%0aset-cookie:%20stolen=1", {}],
    ["in a query", "/v1/calls?cursor=%0d%0aset-cookie:%20stolen=1", {}],
    ["as the request's id", "/v1/calls", { "x-request-id": "abcdefgh%0d%0aset-cookie: stolen=1" }],
    ["as its origin", "/v1/calls", { origin: "https://evil.example%0d%0aset-cookie: stolen=1" }],
    ["as a language", "/v1/nothing", { "accept-language": "stolen" }],
  ])("becomes no header of the answer: %s", async (_where, path, headers: Record<string, string>) => {
    const response = await tenant.call(path, { headers });
    expect(response.headers.getSetCookie()).toEqual([]);
    expect([...response.headers].flat().join("\n")).not.toContain("stolen");
  });
});

describe("JSON that is a bomb", () => {
  const path = () => `/v1/calls/${world.callId}/notes`;
  const post = (body: string) =>
    tenant.call(path(), { method: "POST", headers: { "content-type": "application/json" }, body });

  test.each([
    ["a number that is no number", '{"text":"a","positionMs":1e400}'],
    ["a number of sixty thousand digits", `{"text":"a","positionMs":${"9".repeat(60_000)}}`],
    ["a number past what Postgres counts", '{"text":"a","positionMs":9007199254740993}'],
    ["objects in objects", `{"text":${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}}`],
    ["arrays in arrays", `{"text":${"[".repeat(20_000)}${"]".repeat(20_000)}}`],
    ["six thousand members", `{${Array.from({ length: 6_000 }, (_, i) => `"k${i}":1`).join()}}`],
    ["a prototype", '{"__proto__":{"text":"a"}}'],
  ])("is refused in a moment: %s", async (_what, body) => {
    const begunMs = Date.now();
    expect((await post(body)).status).toBe(400);
    expect(Date.now() - begunMs).toBeLessThan(5_000);
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain("text");
  });

  test("with a name twice means the last, once, as every parser of ECMAScript has it", async () => {
    expect((await post('{"text":"the first","text":"the last"}')).status).toBe(201);
    const { notes } = NoteList.parse(await (await tenant.call(path())).json());
    const texts = notes.map(({ text }) => text);
    expect(texts).toContain("the last");
    expect(texts).not.toContain("the first");
  });
});

describe("how long it takes to refuse a key", () => {
  test("says nothing about it: it is looked for by its digest, which a nearly right key shares nothing with", async () => {
    const key = tenant.keys.read;
    const right = await sha256Hex(key);
    const digests: string[] = [];
    const digest = crypto.subtle.digest.bind(crypto.subtle);
    for (const shared of [4, 32, 60, key.length - 1]) {
      const near = `${key.slice(0, shared)}${[...key.slice(shared)].map((c) => (c === "0" ? "1" : "0")).join("")}`;
      expect((await request("/v1/calls", { headers: { authorization: `Bearer ${near}` } })).status).toBe(401);
      digests.push(Buffer.from(await digest("SHA-256", new TextEncoder().encode(near))).toString("hex"));
    }
    for (const wrong of digests) {
      // Of 64 hexadecimal digits chance alone makes four the same; an ordered comparison stops at the first or second.
      let same = 0;
      while (wrong[same] === right[same]) same += 1;
      expect(same).toBeLessThan(4);
    }
  });
});
