import { beforeAll, describe, expect, test } from "vitest";
import { request } from "./setup/browser.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

const PARTNER = "https://partner.example";
const OTHER_PARTNER = "https://other.example";

let tenant: Tenant;
let stranger: Tenant;
beforeAll(async () => {
  [tenant, stranger] = [await newTenant(), await newTenant()];
  await listOrigins(tenant, [PARTNER]);
  await listOrigins(stranger, [OTHER_PARTNER]);
});

/** Has the workspace's owner let pages of these origins call the API. */
async function listOrigins({ browser }: Tenant, allowedOrigins: string[]): Promise<void> {
  expect((await browser.json("/v1/workspace", "PATCH", { allowedOrigins })).status).toBe(200);
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

describe("a page of another origin", () => {
  const preflight = (origin: string) =>
    request("/v1/calls", {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "authorization" },
    });

  test("may ask where some workspace lists it, and then without credentials", async () => {
    const { status, headers } = await preflight(PARTNER);
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-origin")).toBe(PARTNER);
    expect(headers.get("access-control-allow-headers")).toContain("authorization");
    expect(headers.has("access-control-allow-credentials")).toBe(false);
    expect(headers.get("vary")).toBe("origin");
  });

  test.each([
    "https://evil.example",
    "https://partner.example.evil.com",
    "https://sub.partner.example",
    "http://partner.example",
    "null",
    "*",
  ])("%s may not: it is not what is listed, letter by letter", async (origin) => {
    const response = await preflight(origin);
    expect(response.status).toBe(403);
    expect(response.headers.has("access-control-allow-origin")).toBe(false);
  });

  test("reads what its own workspace's key asks, errors too, and nobody else's", async () => {
    const read = (key: string, origin: string, path = "/v1/calls") =>
      request(path, { headers: { ...bearer(key), origin } });
    const listed = await read(tenant.keys.read, PARTNER);
    expect(listed.headers.get("access-control-allow-origin")).toBe(PARTNER);
    expect(listed.headers.get("vary")).toContain("origin");
    const error = await read(tenant.keys.read, PARTNER, "/v1/calls?limit=none");
    expect([error.status, error.headers.get("access-control-allow-origin")]).toEqual([400, PARTNER]);
    // Listed, but by another workspace than the key's.
    const foreign = await read(tenant.keys.read, OTHER_PARTNER);
    expect([foreign.status, foreign.headers.get("access-control-allow-origin")]).toEqual([200, null]);
    const nobody = await read("ew_nonsense", PARTNER);
    expect([nobody.status, nobody.headers.get("access-control-allow-origin")]).toEqual([401, null]);
  });

  test.each(["GET", "HEAD", "POST"])("gets nothing by a cookie: %s", async (method) => {
    for (const origin of [PARTNER, "https://evil.example", "null"]) {
      const response = await tenant.browser.fetch("/v1/calls", { method, headers: { origin } });
      expect(response.status).toBe(403);
      expect(response.headers.has("access-control-allow-origin")).toBe(false);
    }
  });
});
