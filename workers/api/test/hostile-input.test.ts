import { beforeAll, describe, expect, test } from "vitest";
import { problemIn, request } from "./setup/browser.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

let tenant: Tenant;
beforeAll(async () => {
  tenant = await newTenant();
});

const cursorOf = (position: unknown) => btoa(JSON.stringify(position)).replaceAll("=", "");

describe("what Postgres cannot hold is refused, and pointed at", () => {
  const settings = () => `/v1/numbers/${tenant.numberId}`;

  test.each([
    ["a NUL", { label: "a\u0000b" }, "#/label"],
    ["half a character", { announcement: "a\ud800b" }, "#/announcement"],
    ["a NUL deep down", { keyTerms: ["fine", "\u0000"] }, "#/keyTerms/1"],
  ])("in a body: %s", async (_what, body, pointer) => {
    const headers = { "content-type": "application/json" };
    const response = await tenant.call(settings(), { method: "PATCH", headers, body: JSON.stringify(body) });
    expect(response.status).toBe(400);
    expect((await problemIn(response)).errors?.map((error) => error.pointer)).toEqual([pointer]);
  });

  test("in the name of a key", async () => {
    const response = await tenant.browser.json("/v1/api-keys", "POST", { name: "\u0000" });
    expect(response.status).toBe(400);
  });

  test.each([
    ["number=%00", "query/number"],
    ["from=0000-01-01T00:00:00Z", "query/from"],
    ["until=9999-12-31T23:59:59-23:59", "query/until"],
  ])("in the query: %s", async (query, pointer) => {
    const response = await tenant.call(`/v1/calls?${query}`);
    expect(response.status).toBe(400);
    expect((await problemIn(response)).errors?.map((error) => error.pointer)).toEqual([pointer]);
  });

  test.each([8_640_000_000_000_001, 8_640_000_000_000_000, Number.MAX_SAFE_INTEGER])(
    "in a forged cursor: %i",
    async (startedAtMs) => {
      const cursor = cursorOf([startedAtMs, "call_01k9zzzzzzezzsx7zzzzzzzzzz"]);
      const response = await tenant.call(`/v1/calls?cursor=${cursor}`);
      expect(response.status).toBe(400);
      expect((await problemIn(response)).errors?.[0]?.pointer).toBe("query/cursor");
    },
  );

  test("in a confirmation", async () => {
    const response = await tenant.browser.json("/auth/confirm", "POST", { token: "a", email: "a\u0000@b.example" });
    expect(response.status).toBe(400);
  });
});

describe("what is odd but means something is taken", () => {
  test("a label in any script, with what no font can draw", async () => {
    const label = "مكتب 🗂️ Zürich \u200f";
    const response = await tenant.call(`/v1/numbers/${tenant.numberId}`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ label }),
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ label });
  });
});

describe("never more than a clear refusal", () => {
  test.each([
    ["deep nesting", "[".repeat(60_000)],
    ["deep nesting that ends", `${'{"to":'.repeat(9_000)}1${"}".repeat(9_000)}`],
    ["a key that poisons", '{"__proto__":{"from":"x"},"constructor":{}}'],
    ["null", "null"],
    ["nothing", ""],
    ["a lone surrogate as key", '{"\\ud800":1}'],
  ])("for %s", async (_what, body) => {
    const headers = { "content-type": "application/json" };
    const response = await tenant.call("/v1/calls", { method: "POST", headers, body });
    expect(response.status).toBe(400);
    await problemIn(response);
  });

  test.each([
    ["that is no UTF-8", "/v1/calls/%E0%A4%A"],
    ["with a NUL", "/v1/calls/%00"],
    ["with a long id", `/v1/calls/${"x".repeat(8_000)}`],
    ["with a long cursor", `/v1/calls?cursor=${"x".repeat(10_000)}`],
    ["with a long number", `/v1/calls?number=${"9".repeat(10_000)}`],
    ["with an endless limit", "/v1/calls?limit=1e999"],
    ["without its limit", "/v1/calls?limit="],
    ["with another kind of id", "/v1/recordings/call_01k9zzzzzzezzsx7zzzzzzzzzz/audio"],
  ])("for an address %s", async (_what, path) => {
    const response = await tenant.call(path);
    expect(response.status).toBe(400);
    await problemIn(response);
  });

  test.each([
    ["a cookie that is no cookie", { cookie: "authjs.csrf-token=%E0%A4%A; __Secure-authjs.session-token=%00" }],
    ["a callback of another site", { cookie: "__Secure-authjs.callback-url=https%3A%2F%2Fevil.example" }],
    ["a callback that is none", { cookie: "__Secure-authjs.callback-url=javascript%3Aalert(1)" }],
  ])("for %s", async (_what, headers) => {
    for (const path of ["/auth/csrf", "/auth/callback/google", "/v1/me"]) {
      const response = await request(path, { headers });
      expect(response.status, path).toBeLessThan(500);
      await response.text();
    }
  });

  test.each([
    ["HEAD", "/auth/csrf", {}],
    ["HEAD", "/auth/callback/google", {}],
    ["POST", "/auth/signout", { headers: { "content-type": "application/json" }, body: "{" }],
    ["POST", "/auth/signin/email", { headers: { "content-type": "application/json" }, body: "{" }],
    ["POST", "/auth/signout", { body: "csrfToken=\u0000" }],
  ])("for %s %s that is not as it should be", async (method, path, init) => {
    const response = await request(path, { method, ...init });
    expect(response.status).toBeLessThan(500);
    await response.text();
  });
});
