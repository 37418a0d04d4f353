import { beforeAll, describe, expect, test } from "vitest";
import { routes } from "../src/routes/index.ts";
import { APP_ORIGIN } from "./setup/app-origin.ts";
import { problemIn, request } from "./setup/browser.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

let tenant: Tenant;
beforeAll(async () => {
  tenant = await newTenant();
});

describe("every answer", () => {
  test.each([
    ["a view", "/v1/calls"],
    ["an error", "/v1/nothing"],
    ["a page", "/v1/docs"],
    ["a stranger's", "/auth/csrf"],
  ])("carries the shell: %s", async (_what, path) => {
    const { headers } = await tenant.call(path, { scope: "read" });
    expect(Object.fromEntries(headers)).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "strict-transport-security": expect.stringMatching(/^max-age=31536000/),
      "permissions-policy": expect.stringContaining("microphone=()"),
    });
    const policy = headers.get("content-security-policy");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
  });
});

describe("a write with a cookie", () => {
  const write = (headers: Record<string, string>) =>
    request("/v1/api-keys", {
      method: "POST",
      headers: { cookie: tenant.browser.cookieHeader, "content-type": "application/json", ...headers },
      body: JSON.stringify({ name: "Forged" }),
    });

  test.each([
    ["of no origin", {}],
    ["of another origin", { origin: "https://evil.example" }],
    ["of a sandboxed page", { origin: "null" }],
    ["that the browser calls cross-site", { origin: APP_ORIGIN, "sec-fetch-site": "cross-site" }],
    ["of another subdomain", { origin: APP_ORIGIN, "sec-fetch-site": "same-site" }],
  ])("%s is refused", async (_what, headers: Record<string, string>) => {
    expect((await write(headers)).status).toBe(403);
  });

  test("of our own page is taken", async () => {
    expect((await write({ origin: APP_ORIGIN, "sec-fetch-site": "same-origin" })).status).toBe(201);
  });
});

describe("a body", () => {
  test.each(
    routes.filter(({ contract }) => contract.request.body !== undefined).map(({ contract }) => [contract] as const),
  )("longer than its route takes is refused: $operationId", async ({ method, path, maxBodyBytes }) => {
    const address = `/v1${path.replaceAll(/\{\w+\}/g, "x")}`;
    const body = `"${"x".repeat(maxBodyBytes ?? 64 * 1024)}"`;
    const init = { method: method.toUpperCase(), headers: { "content-type": "application/json" }, body };
    const response = await tenant.call(address, init);
    expect(response.status).toBe(413);
    expect(await problemIn(response)).toMatchObject({ code: "too_large" });
  });
});
