import { newId, Problem } from "@earwitness/shared";
import { beforeAll, describe, expect, test } from "vitest";
import type { Contract } from "../src/http/route.ts";
import { routes } from "../src/routes/index.ts";
import { type Asking, everybody, expectedStatus } from "./matrix/actors.ts";
import { ROWS, type Row } from "./matrix/rows.ts";
import { nowhere, type World, worldOf } from "./matrix/world.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

const contracts = routes.map(({ contract }) => contract);

let tenant: Tenant;
let asking: Asking[];
let shared: World;
beforeAll(async () => {
  tenant = await newTenant();
  asking = await everybody(tenant);
  shared = await worldOf(tenant, { withUpload: true });
}, 120_000);

/** A route's address with the ids of a world. */
function pathIn({ path }: Contract, world: World): string {
  const { tenant, ...things } = world;
  const ids: Record<string, string> = {
    jobId: newId("job"),
    ...things,
    numberId: tenant.numberId,
    // Nobody's: to end them would be to end who asks.
    sessionId: newId("session"),
    familyId: newId("tokenFamily"),
    provider: "github",
    noticeId: newId("notice"),
    name: "expire",
  };
  return `/v1${path.replaceAll(/\{(\w+)\}/g, (_, name) => ids[name] ?? "")}`;
}

function ask(contract: Contract, row: Row, who: Asking, world: World): Promise<Response> {
  const json = row.json?.(world);
  const query = row.query === undefined ? "" : `?${row.query}`;
  return who.ask(`${pathIn(contract, world)}${query}`, {
    method: contract.method.toUpperCase(),
    headers: { ...(json !== undefined && { "content-type": "application/json" }), ...row.headers?.() },
    body: json === undefined ? null : JSON.stringify(json),
  });
}

test("every route has a row, and every row a route", () => {
  expect(Object.keys(ROWS).sort()).toEqual(contracts.map(({ operationId }) => operationId).sort());
});

describe("every route answers as the table of permissions says", () => {
  test.each(contracts)("$method $path", { timeout: 60_000 }, async (contract) => {
    const row = ROWS[contract.operationId];
    if (row === undefined) throw new Error(`${contract.operationId} has no row in the matrix.`);
    const namesThings = contract.path.includes("{");
    const found: Record<string, number> = {};
    const expected: Record<string, number> = {};
    for (const who of asking) {
      // What the first takes away is not missing for the next.
      const world = row.takes ? await worldOf(tenant) : shared;
      const response = await ask(contract, row, who, world);
      found[who.name] = response.status;
      expected[who.name] = expectedStatus(contract, row, who, namesThings);
      if (response.status >= 400) {
        expect(response.headers.get("content-type")).toBe("application/problem+json");
        Problem.parse(await response.json());
      } else await response.body?.cancel();
    }
    expect(found).toEqual(expected);
  });
});

describe("another workspace's thing looks like none at all", () => {
  const naming = contracts.filter(({ path, may }) => path.includes("{") && may !== "anyone");

  test.each(naming)("$method $path", { timeout: 60_000 }, async (contract) => {
    const row = ROWS[contract.operationId];
    const stranger = asking.find(({ name }) => name === "other workspace's owner");
    if (row === undefined || stranger === undefined) throw new Error("The matrix lacks a row.");
    const none = { ...nowhere(), tenant: { ...tenant, numberId: newId("number") } };
    const [foreign, missing] = [await ask(contract, row, stranger, shared), await ask(contract, row, stranger, none)];
    expect(foreign.status).toBe(missing.status);
    const [a, b] = [await foreign.text(), await missing.text()];
    expect(withoutIds(a)).toBe(withoutIds(b));
  });
});

function withoutIds(body: string): string {
  return body.replaceAll(/\b[a-z]+_[0-7][0-9a-hjkmnp-tv-z]{25}\b/g, "id");
}
