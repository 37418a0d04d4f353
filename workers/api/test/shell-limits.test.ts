import { env } from "cloudflare:workers";
import { workerLogger } from "@earwitness/shared/log";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { createApp } from "../src/app.ts";
import { networkOf } from "../src/middleware/ip-wall.ts";
import { problemIn } from "./setup/browser.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

let tenant: Tenant;
beforeAll(async () => {
  tenant = await newTenant();
});

/** The API with some of its environment replaced. */
function askWith(changes: object, path: string, init: RequestInit = {}): Promise<Response> {
  const ctx = { waitUntil: vi.fn(), passThroughOnException: vi.fn(), props: {} };
  const app = createApp(workerLogger("api"));
  return Promise.resolve(app.fetch(new Request(`https://api.test${path}`, init), { ...env, ...changes }, ctx));
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

describe("how much may be asked", () => {
  test("is told with each answer, and past it when to come again", async () => {
    const one = await newTenant();
    const ask = (path = "/v1/calls") =>
      askWith({ REQUESTS_PER_MINUTE_OF_ONE: 3 }, path, { headers: bearer(one.keys.read) });
    const first = await ask();
    expect(first.headers.get("ratelimit-policy")).toBe('"key";q=3;w=60, "workspace";q=6000;w=60');
    expect(first.headers.get("ratelimit")).toMatch(/^"key";r=2;t=\d+, "workspace";r=\d+;t=\d+$/);
    await ask();
    await ask();
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(await problemIn(refused)).toMatchObject({ code: "too_many_requests" });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(refused.headers.get("ratelimit")).toContain('"key";r=0');
    // Another key of the workspace has its own.
    const other = await askWith({ REQUESTS_PER_MINUTE_OF_ONE: 3 }, "/v1/calls", { headers: bearer(one.keys.write) });
    expect(other.status).toBe(200);
  });

  test("is counted for the whole workspace, and for no other", async () => {
    const [one, other] = [await newTenant(), await newTenant()];
    const ask = (key: string) =>
      askWith({ REQUESTS_PER_MINUTE_OF_WORKSPACE: 3 }, "/v1/calls", { headers: bearer(key) });
    // What making the workspace cost is behind it already.
    expect((await ask(one.keys.read)).status).toBe(429);
    expect((await askWith({}, "/v1/calls", { headers: bearer(other.keys.read) })).status).toBe(200);
  });

  test("costs more where more is done", async () => {
    const one = await newTenant();
    const remaining = async (path: string) => {
      const { headers } = await one.call(path, { scope: "read" });
      return Number(/"key";r=(\d+)/.exec(headers.get("ratelimit") ?? "")?.[1]);
    };
    const before = await remaining("/v1/calls");
    expect(await remaining("/v1/checks")).toBe(before - 20);
  });

  test("does not depend on the limiter: without it everybody passes, within 250 ms", async () => {
    const silent = { getByName: () => ({ charge: () => new Promise(() => {}) }) };
    const broken = { getByName: () => ({ charge: () => Promise.reject(new Error("This object is away.")) }) };
    for (const RATE_LIMITER of [silent, broken]) {
      const begunMs = Date.now();
      const response = await askWith({ RATE_LIMITER }, "/v1/calls", { headers: bearer(tenant.keys.read) });
      expect([response.status, response.headers.get("ratelimit")]).toEqual([200, null]);
      expect(Date.now() - begunMs).toBeLessThan(2_000);
    }
  });

  test("from one address is limited before anybody is asked who they are", async () => {
    const counted: string[] = [];
    const REQUESTS_BY_IP = {
      limit: async ({ key }: { key: string }) => {
        counted.push(key);
        return { success: false };
      },
    };
    for (const path of ["/v1/calls", "/api/v1/calls", "/auth/csrf", "/v1/nothing", "/live"]) {
      const response = await askWith({ REQUESTS_BY_IP }, path, { headers: { "cf-connecting-ip": "203.0.113.9" } });
      expect([path, response.status, response.headers.get("retry-after")]).toEqual([path, 429, "60"]);
    }
    expect(new Set(counted)).toEqual(new Set(["203.0.113.9"]));
  });

  test("of IPv6 is counted by network, since who has one address has them all", () => {
    expect(networkOf("2001:db8:1:2:3:4:5:6")).toBe(networkOf("2001:db8:1:2::1"));
    expect(networkOf("2001:db8:1:3::1")).not.toBe(networkOf("2001:db8:1:2::1"));
    expect(networkOf("::ffff:203.0.113.9")).toBe("203.0.113.9");
  });
});
