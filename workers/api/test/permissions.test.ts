import { PERMISSIONS } from "@earwitness/core";
import { ApiKeyList, CreatedApiKey, NumberList, NumberView, newId } from "@earwitness/shared";
import { beforeAll, describe, expect, test } from "vitest";
import { REQUEST_COSTS } from "../src/http/request-costs.ts";
import { routes } from "../src/routes/index.ts";
import { problemIn, request } from "./setup/browser.ts";
import { asSystem } from "./setup/database.ts";
import { present } from "./setup/expect-value.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

let tenant: Tenant;
let stranger: Tenant;
beforeAll(async () => {
  [tenant, stranger] = [await newTenant(), await newTenant()];
});

/** Every route that somebody must be known for, with ids that are well-formed and nobody's. */
const everyRoute = routes
  .filter(({ contract }) => contract.may !== "anyone")
  .map(({ contract }) => ({
    method: contract.method.toUpperCase(),
    may: contract.may,
    path: `/v1${contract.path
      .replace("{callId}", newId("call"))
      .replace("{recordingId}", newId("recording"))
      .replace("{numberId}", newId("number"))
      .replace("{noteId}", newId("note"))
      .replace("{apiKeyId}", newId("apiKey"))
      .replace("{sessionId}", newId("session"))
      .replace("{familyId}", newId("tokenFamily"))
      .replace("{userId}", newId("user"))
      .replace("{invitationId}", newId("invitation"))
      .replace("{uploadId}", newId("upload"))}`,
  }));

test("what costs more than a request is an operation that there is", () => {
  const operations = routes.map(({ contract }) => contract.operationId);
  expect(operations).toEqual(expect.arrayContaining(Object.keys(REQUEST_COSTS)));
});

describe("every route", () => {
  test.each(everyRoute)("$method $path is closed to a stranger", async ({ method, path }) => {
    for (const headers of [
      {},
      { authorization: "Bearer ew_nonsense" },
      { authorization: "Basic YTpi" },
      { cookie: "a=b" },
    ]) {
      const response = await request(path, { method, headers });
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toContain("Bearer");
    }
  });

  const isForReaders = ({ may }: { may: string }) =>
    Object.entries(PERMISSIONS).some(([action, { scope }]) => action === may && scope === "read");

  test.each(everyRoute.filter((one) => !isForReaders(one)))(
    "$method $path is closed to a key that only reads",
    async ({ method, path, may }) => {
      const json = method === "GET" ? {} : { json: {} };
      const response = await tenant.call(path, { method, scope: "read", ...json });
      // A key is nobody where only a person is asked for.
      const [status, code] = may === "signed-in" ? [401, "unauthenticated"] : [403, "forbidden"];
      expect(response.status).toBe(status);
      expect(await problemIn(response)).toMatchObject({ code });
    },
  );
});

describe("an API key", () => {
  test("is shown once and listed without itself", async () => {
    const created = CreatedApiKey.parse(
      await (await tenant.browser.json("/v1/api-keys", "POST", { name: "Export", scope: "read" })).json(),
    );
    expect(created.key).toMatch(/^ew_[0-9a-f]{64}$/);
    expect(created.key.startsWith(created.prefix)).toBe(true);
    const listed = await (await tenant.browser.fetch("/v1/api-keys")).text();
    expect(ApiKeyList.parse(JSON.parse(listed)).apiKeys[0]).toMatchObject({
      id: created.id,
      name: "Export",
      lastUsedAt: null,
    });
    expect(listed).not.toContain(created.key);
  });

  test("notes when it was used, and is refused once it is revoked", async () => {
    const created = CreatedApiKey.parse(
      await (await tenant.browser.json("/v1/api-keys", "POST", { name: "Short-lived" })).json(),
    );
    const headers = { authorization: `Bearer ${created.key}` };
    expect((await request("/v1/calls", { headers })).status).toBe(200);
    const { apiKeys } = ApiKeyList.parse(await (await tenant.browser.fetch("/v1/api-keys")).json());
    expect(present(apiKeys.find(({ id }) => id === created.id)).lastUsedAt).not.toBeNull();

    for (let i = 0; i < 2; i++) {
      expect((await tenant.browser.fetch(`/v1/api-keys/${created.id}`, { method: "DELETE" })).status).toBe(204);
    }
    expect((await request("/v1/calls", { headers })).status).toBe(401);
  });

  test("of another workspace cannot be revoked, nor told from one that is not", async () => {
    const theirs = ApiKeyList.parse(await (await stranger.browser.fetch("/v1/api-keys")).json()).apiKeys[0];
    const foreign = await tenant.browser.fetch(`/v1/api-keys/${present(theirs).id}`, { method: "DELETE" });
    const missing = await tenant.browser.fetch(`/v1/api-keys/${newId("apiKey")}`, { method: "DELETE" });
    expect([foreign.status, missing.status]).toEqual([404, 404]);
    expect((await stranger.call("/v1/calls", { scope: "read" })).status).toBe(200);
  });

  test("makes no keys, sees no keys and is no person", async () => {
    const made = await tenant.call("/v1/api-keys", { method: "POST", json: { name: "More", scope: "write" } });
    const listed = await tenant.call("/v1/api-keys");
    const me = await tenant.call("/v1/me");
    expect([made.status, listed.status, me.status]).toEqual([403, 403, 403]);
  });
});

describe("a number's settings", () => {
  const read = async () => {
    const { numbers } = NumberList.parse(await (await tenant.call("/v1/numbers")).json());
    expect(numbers.map(({ id }) => id)).toEqual([tenant.numberId]);
    return present(numbers[0]);
  };
  const change = (json: unknown, headers: Record<string, string> = {}) =>
    tenant.call(`/v1/numbers/${tenant.numberId}`, { method: "PATCH", json, headers });

  test("change as far as they are named, in a version of their own, and are published", async () => {
    const before = await read();
    const response = await change({ announcement: null, language: "EN-us", keyTerms: ["flame sensor"] });
    expect(response.status).toBe(200);
    const after = NumberView.parse(await response.json());
    expect(after).toEqual({
      ...before,
      announcement: null,
      language: "en-US",
      keyTerms: ["flame sensor"],
      version: before.version + 1,
    });
    expect(response.headers.get("etag")).toBe(`"${after.version}"`);
    expect(await read()).toEqual(after);
    const now = new Date();
    const due = await asSystem((tx) => tx.outbox.claim({ now, hiddenUntil: now, limit: 1_000 }));
    expect(due.map(({ effect }) => effect)).toContainEqual({ kind: "routing", numberId: tenant.numberId });
  });

  test("are not overwritten by who saw an older version", async () => {
    const { version } = await read();
    expect((await change({ label: "Front desk" }, { "if-match": `"${version}"` })).status).toBe(200);
    const late = await change({ label: "Back office" }, { "if-match": `"${version}"` });
    expect(late.status).toBe(412);
    expect(await problemIn(late)).toMatchObject({ code: "precondition_failed" });
    expect((await read()).label).toBe("Front desk");
  });

  test.each([
    [{ language: "klingonisch-und-mehr-als-acht" }, "#/language"],
    [{ announcement: "x".repeat(1_001) }, "#/announcement"],
    [{ recordInbound: "yes" }, "#/recordInbound"],
    [{ e164: "+15550000" }, "#"],
  ])("refuse %j and point at it", async (json, pointer) => {
    const response = await change(json);
    expect(response.status).toBe(400);
    expect((await problemIn(response)).errors?.map((error) => error.pointer)).toEqual([pointer]);
  });

  test("of another workspace are not found", async () => {
    const response = await stranger.call(`/v1/numbers/${tenant.numberId}`, {
      method: "PATCH",
      json: { label: "Mine" },
    });
    expect(response.status).toBe(404);
    expect((await read()).label).not.toBe("Mine");
  });

  test("can be asked for again at the carrier, which is one wish however often the button is pressed", async () => {
    const answers = await Promise.all([1, 2, 3].map(() => tenant.call("/v1/numbers/sync", { method: "POST" })));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    const ids = await Promise.all(answers.map(async (answer) => (await answer.json<{ jobId: string }>()).jobId));
    expect(new Set(ids).size).toBeLessThanOrEqual(2);
  });
});
