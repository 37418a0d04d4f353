import { uuidOf } from "@earwitness/shared";
import { aCall } from "@earwitness/testing/records";
import { expect, test } from "vitest";
import { type CallsPosition, listCalls } from "../../src/index.ts";
import { aWorkspace, system, userOf } from "../support/factories.ts";
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
});
