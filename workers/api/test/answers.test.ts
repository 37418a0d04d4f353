import { CheckList } from "@earwitness/shared";
import { beforeAll, describe, expect, inject, test, vi } from "vitest";
import { APP_ORIGIN } from "./setup/app-origin.ts";
import { problemIn, request } from "./setup/browser.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

let tenant: Tenant;
beforeAll(async () => {
  tenant = await newTenant();
});

describe("an error", () => {
  test("is a problem with the request's id, wherever it comes from", async () => {
    for (const path of ["/nothing", "/v1/nothing", "/api/v1/calls", "/auth/nothing"]) {
      const response = await request(path);
      const problem = await problemIn(response);
      expect(problem.status, path).toBe(response.status);
      expect(problem.type).toBe(`urn:earwitness:problem:${problem.code}`);
      expect(problem.requestId).toBe(response.headers.get("x-request-id"));
    }
  });

  test.each([
    ["no JSON", "{", "application/json", 400, "invalid_request"],
    ["another kind of body", "from=a", "application/x-www-form-urlencoded", 415, "unsupported_media_type"],
    ["too large a body", JSON.stringify({ to: "x".repeat(1_100_000) }), "application/json", 413, "too_large"],
    ["not an object", "[]", "application/json", 400, "invalid_request"],
  ])("says what is wrong with %s", async (_what, body, type, status, code) => {
    const headers = { "content-type": type };
    const response = await tenant.call("/v1/calls", { method: "POST", headers, body });
    expect(response.status).toBe(status);
    expect((await problemIn(response)).code).toBe(code);
  });

  test("of a body that does not tell its length is the same", async () => {
    const chunk = new TextEncoder().encode("x".repeat(100_000));
    let sent = 0;
    const body = new ReadableStream({
      pull: (controller) => (sent++ < 15 ? controller.enqueue(chunk) : controller.close()),
    });
    const response = await tenant.call("/v1/calls", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    expect(response.status).toBe(413);
  });

  test("for a known path with another method names those that it serves", async () => {
    const response = await tenant.call("/v1/calls", { method: "DELETE" });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD, POST");
  });

  test("that nobody foresaw reveals the request's id and nothing else", async () => {
    const { createApp } = await import("../src/app.ts");
    const { workerLogger } = await import("@earwitness/shared/log");
    const app = createApp(workerLogger("api"));
    app.get("/broken", () => {
      throw new TypeError("secret inner detail");
    });
    const ctx = { waitUntil: vi.fn(), passThroughOnException: vi.fn(), props: {} };
    const { env } = await import("cloudflare:workers");
    const response = await app.fetch(new Request("https://api.test/broken"), env, ctx);
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toContain("secret");
    expect(text).toContain(response.headers.get("x-request-id"));
  });

  test("of a database that is away says so, and that the same may work later", async () => {
    const { createApp } = await import("../src/app.ts");
    const { workerLogger } = await import("@earwitness/shared/log");
    const { env } = await import("cloudflare:workers");
    const away = { ...env, HYPERDRIVE: { connectionString: "postgres://nobody:x@127.0.0.1:9/none" } };
    const ctx = { waitUntil: vi.fn(), passThroughOnException: vi.fn(), props: {} };
    const ask = async (path: string, init: RequestInit) =>
      createApp(workerLogger("api")).fetch(new Request(`https://api.test${path}`, init), away, ctx);
    const confirm = {
      method: "POST",
      headers: { "content-type": "application/json", origin: APP_ORIGIN },
      body: JSON.stringify({ token: "a".repeat(64), email: "dana@northgate.example" }),
    };
    for (const response of [
      await ask("/v1/calls", { headers: { authorization: `Bearer ${tenant.keys.read}` } }),
      await ask("/v1/me", { headers: { cookie: tenant.browser.cookieHeader } }),
      await ask("/auth/confirm", confirm),
    ]) {
      expect(response.status).toBe(503);
      expect(await problemIn(response)).toMatchObject({ code: "unavailable" });
    }
    const ready = await ask("/ready", {});
    expect([ready.status, await ready.json()]).toMatchObject([503, { needs: { database: "failed", storage: "ok" } }]);
  });

  test("of a worker that lacks a secret names neither it nor a value to the caller", async () => {
    const { createApp } = await import("../src/app.ts");
    const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
    const { workerLogger } = await import("@earwitness/shared/log");
    const logger = Object.assign(Object.create(workerLogger("api")), log);
    const { env } = await import("cloudflare:workers");
    const ctx = { waitUntil: vi.fn(), passThroughOnException: vi.fn(), props: {} };
    const response = await createApp(logger).fetch(
      new Request("https://api.test/v1/me"),
      { ...env, AUTH_SECRET: "short" },
      ctx,
    );
    expect(response.status).toBe(503);
    expect(await response.text()).not.toMatch(/AUTH_SECRET|short/);
    expect(JSON.stringify(log.error.mock.calls)).toContain("AUTH_SECRET");
    expect(JSON.stringify(log.error.mock.calls)).not.toContain("short");
  });
});

describe("every answer", () => {
  test("has a request id: the caller's own where it is well-formed", async () => {
    const own = "trace-0123456789";
    expect((await request("/health", { headers: { "x-request-id": own } })).headers.get("x-request-id")).toBe(own);
    for (const bad of ["short", "with a space", "x".repeat(65)]) {
      expect((await request("/health", { headers: { "x-request-id": bad } })).headers.get("x-request-id")).toMatch(
        /^req_/,
      );
    }
  });

  test.each(["/health", "/v1/calls", "/v1/docs", "/nothing", "/auth/csrf"])(
    "of %s may be framed and sniffed by nobody",
    async (path) => {
      const { headers } = await request(path);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(headers.get("content-security-policy")).not.toContain("unsafe");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
    },
  );

  test("allows no other site's scripts to read it", async () => {
    const response = await request("/v1/calls", { headers: { origin: "https://evil.test" } });
    expect(response.headers.has("access-control-allow-origin")).toBe(false);
  });
});

test("the worker is alive, and ready when its database and its storage answer", async () => {
  expect(await (await request("/health")).json()).toEqual({ status: "ok" });
  const ready = await request("/ready");
  expect(ready.status).toBe(200);
  expect(await ready.json()).toEqual({ status: "ready", needs: { database: "ok", storage: "ok" } });
});

describe("the checks", () => {
  const run = async () => CheckList.parse(await (await tenant.call("/v1/checks", { scope: "read" })).json()).checks;

  test("ask each thing that a call needs", async () => {
    const checks = await run();
    expect(checks.map(({ name, state }) => [name, state])).toEqual([
      ["carrier", "ok"],
      ["transcriber", "ok"],
      ["storage", "ok"],
      ["database", "ok"],
    ]);
    expect(checks.at(-1)?.message).toMatch(/^Postgres 17\.\d+ answers\. Migrations in place: [1-9]\d*\.$/);
  });

  test("tell which vendor refuses, in words, while the others answer", async () => {
    await fetch(`${inject("controlUrl")}/faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ target: "telnyx", effect: "status", status: 401, times: 1 }),
    });
    const [carrier, transcriber] = await run();
    expect(carrier).toMatchObject({ state: "failed", statusCode: 401, message: expect.stringContaining("Telnyx") });
    expect(transcriber?.state).toBe("ok");
  });
});
