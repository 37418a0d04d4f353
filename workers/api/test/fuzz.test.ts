import { env } from "cloudflare:workers";
import { ERROR_STATUS, type ErrorCode, Problem } from "@earwitness/shared";
import { workerLogger } from "@earwitness/shared/log";
import fc from "fast-check";
import { afterEach, beforeEach, expect, inject, test, vi } from "vitest";
import { createApp } from "../src/app.ts";
import type { OpenApiDocument } from "../src/openapi/openapi.ts";
import { type FuzzedRequest, requestsOf } from "./fuzz/requests-of.ts";
import { worldOf } from "./matrix/world.ts";
import { APP_ORIGIN } from "./setup/app-origin.ts";
import { request } from "./setup/browser.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

/** All of them with `FUZZ_LIMIT_MS=2400000`; else as many as a minute lets through. */
const REQUESTS = 20_000;
const AT_A_TIME = 40;
/** So many at least, on a machine that has much else to do. */
const FEWEST = 400;
/** Fixed, so that what is found once is found again. */
const SEED = 20_261_121;
/** What the workers' vendors say, they say through the API: a stand-in that refuses is no fault of ours. */
const OF_OTHERS = new Set<ErrorCode>(["vendor_failed"]);

/** What was logged as an error. A line for each request would help nobody who reads the test's output. */
const failures: string[] = [];
beforeEach(() => {
  for (const level of ["log", "info", "warn", "error"] as const) {
    vi.spyOn(console, level).mockImplementation(
      (line: unknown) => void (level === "error" && failures.push(String(line))),
    );
  }
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** A world to fuzz, and how its owner and its keys are known. */
async function target() {
  const tenant = await newTenant();
  const { tenant: _, ...things } = await worldOf(tenant, { withUpload: true });
  return { tenant, ids: [...Object.values(things), tenant.numberId, tenant.workspaceId] };
}

test("up to twenty thousand requests out of the OpenAPI document fail in no way that is ours", {
  timeout: inject("fuzzLimitMs") + 240_000,
}, async () => {
  const document = await (await request("/v1/openapi.json")).json<OpenApiDocument>();
  const { tenant, ids } = await target();
  const leaving = await newTenant();
  const app = createApp(workerLogger("api"));
  // The quotas have their own test; here nobody is to be turned away before they have said what they want.
  const generous = { ...env, REQUESTS_PER_MINUTE_OF_ONE: 10_000_000, REQUESTS_PER_MINUTE_OF_WORKSPACE: 10_000_000 };
  const background: Promise<unknown>[] = [];
  const ctx = {
    waitUntil: (work: Promise<unknown>) => void background.push(work),
    passThroughOnException() {},
    props: {},
  };

  const statuses = new Map<number, number>();
  const seen = new Set<string>();
  const send = async (fuzzed: FuzzedRequest, n: number) => {
    const { method, path, body } = fuzzed;
    // What ends sessions may end one, but not those of the rest.
    const who = method === "DELETE" && path.startsWith("/v1/sessions") ? leaving : tenant;
    const headers = { ...identity(who, n), ...fuzzed.headers };
    const response = await app.fetch(new Request(`https://api.test${path}`, { method, headers, body }), generous, ctx);
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    seen.add(`${method} ${path.split("?")[0]?.split("/")[2]}`);
    if (response.status < 400) return response.body?.cancel();
    expectProblem(fuzzed, response, await response.text());
  };

  let sent = 0;
  const batches = fc.sample(
    fc.array(requestsOf(document, ids), { minLength: AT_A_TIME, maxLength: AT_A_TIME, size: "max" }),
    {
      numRuns: REQUESTS / AT_A_TIME,
      seed: SEED,
    },
  );
  const endMs = Date.now() + inject("fuzzLimitMs");
  for (const batch of batches) {
    if (Date.now() > endMs) break;
    // Takes the cookie that is renewed where that is due.
    await tenant.browser.fetch("/v1/sessions");
    await Promise.all(batch.map((one, i) => send(one, sent + i)));
    sent += batch.length;
    await Promise.allSettled(background.splice(0));
  }
  expect(sent).toBeGreaterThan(FEWEST);
  // It got past the door: much was understood and done, and much was refused for what it was.
  for (const status of [200, 201, 400, 404])
    expect(statuses.get(status) ?? 0, `answers of ${status}`).toBeGreaterThan(0);
  expect(seen.size).toBeGreaterThan(15);
  vi.restoreAllMocks();
  console.info(`${sent} requests: ${JSON.stringify(Object.fromEntries(statuses))}`);
});

/** By turns the owner's browser, a key that writes, one that reads, and nobody. */
function identity({ browser, keys }: Tenant, n: number): Record<string, string> {
  switch (n % 8) {
    case 0:
      return {};
    case 1:
      return { authorization: `Bearer ${keys.read}` };
    case 2:
    case 3:
    case 4:
      return { authorization: `Bearer ${keys.write}` };
    default:
      return { cookie: browser.cookieHeader, origin: APP_ORIGIN };
  }
}

/** Every failure speaks: a problem with a known code, its own status, and never that something went wrong with us. */
function expectProblem(fuzzed: FuzzedRequest, response: Response, text: string): void {
  const what = `${JSON.stringify(fuzzed).slice(0, 2_000)} was answered ${response.status}: ${text.slice(0, 500)}`;
  expect(response.headers.get("content-type"), what).toBe("application/problem+json");
  const problem = Problem.parse(JSON.parse(text));
  const logged = failures.find((line) => line.includes(problem.requestId));
  const known = Object.entries(ERROR_STATUS).find(([code]) => code === problem.code);
  expect(known?.[1], what).toBe(response.status);
  if (response.status >= 500 && ![...OF_OTHERS].some((code) => code === problem.code))
    throw new Error(`${what}\n${logged}`);
}
