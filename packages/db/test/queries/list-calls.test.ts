import { uuidOf } from "@earwitness/shared";
import { aCall } from "@earwitness/testing/records";
import { desc, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { type CallsPosition, listCalls } from "../../src/index.ts";
import { amongVisibleCalls } from "../../src/queries/visible-calls.ts";
import { calls } from "../../src/schema/index.ts";
import { aMember, aWorkspace, system, userOf } from "../support/factories.ts";
import { useDatabase } from "../support/use-database.ts";

const record = useDatabase();
type Page = Awaited<ReturnType<typeof listCalls>>;

test("a page far down the list walks the index from where it begins, instead of sorting the workspace", async () => {
  const workspaceId = await aWorkspace(record.database);
  const actor = userOf(workspaceId);
  const pageAfter = (after: CallsPosition | null) =>
    record.database.read(actor, (scope) => listCalls(scope, { filter: {}, after, limit: 40 }));
  await record.database.unitOfWork(system)(async (tx) => {
    for (let i = 0; i < 300; i++) {
      await tx.calls.save(aCall(workspaceId, { startedAt: new Date(Date.UTC(2026, 0, 1, 0, i)) }));
    }
  });
  let count = 0;
  let after: CallsPosition | null = null;
  do {
    const page: Page = await pageAfter(after);
    count += page.calls.length;
    after = page.next;
  } while (after !== null);
  expect(count).toBe(300);

  await record.rows("analyze calls");
  const plan = await record.rows(
    `explain select id from calls where workspace_id = $1 and (started_at, id) < ($2::timestamptz, $3::uuid)
     order by started_at desc, id desc limit 41`,
    [uuidOf(workspaceId), "2026-01-01T02:00:00Z", "ffffffff-ffff-7fff-bfff-ffffffffffff"],
  );
  expect(JSON.stringify(plan)).toContain("calls_list_idx");
  expect(JSON.stringify(plan)).not.toContain("Sort");
}, 20_000);

test("an agent's own calls are found by what makes them theirs, not by looking at everybody's", async () => {
  const workspaceId = await aWorkspace(record.database);
  const agent = await aMember(record.database, workspaceId, "agent");
  await record.rows(
    `insert into calls (id, workspace_id, room, direction, carrier, from_address, to_address, state, started_at)
     select gen_random_uuid(), $1, 'own/' || n, 'inbound', 'telnyx', '+1', '+2', 'ended', now() - n * interval '1 minute'
     from generate_series(1, 5000) n`,
    [uuidOf(workspaceId)],
  );
  await record.rows(
    "insert into call_members (workspace_id, call_id, user_id) select workspace_id, id, $1 from calls where room in ('own/7', 'own/4999')",
    [uuidOf(agent.userId)],
  );
  // The workers' role may not: without it the planner would know of no more than a handful of calls.
  await record.asOwner("analyze calls");
  const [rooms, plan] = await record.database.read(agent, async (scope) => {
    const own = scope.db
      .select({ room: calls.room })
      .from(calls)
      .where(amongVisibleCalls(scope))
      .orderBy(desc(calls.startedAt))
      .limit(51);
    return [await own, await scope.db.execute(sql`explain ${own}`)] as const;
  });
  expect(rooms.map(({ room }) => room)).toEqual(["own/7", "own/4999"]);
  const told = JSON.stringify(plan.rows);
  expect(told).toContain("calls_pkey");
  expect(told).toContain("calls_number_idx");
  expect(told).toContain("calls_placed_by_idx");
  expect(told).not.toContain("calls_list_idx");
});
