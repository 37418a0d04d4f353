import { jobs } from "@earwitness/db/schema";
import { AcceptedJob, AuditList, newId, OpsView } from "@earwitness/shared";
import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { asSystem, readRows } from "./setup/database.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

let tenant: Tenant;
let stranger: Tenant;
beforeAll(async () => {
  [tenant, stranger] = [await newTenant(), await newTenant()];
});

const readOps = async (of: Tenant) => OpsView.parse(await (await of.call("/v1/ops", { scope: "read" })).json());

test("a dead job is told to its own workspace, and to another as no more than a count of its queue", async () => {
  const jobId = await asSystem((tx) =>
    tx.jobs.add({
      workspaceId: tenant.workspaceId,
      kind: "numbers.sync",
      key: newId("job"),
      payload: { workspaceId: tenant.workspaceId },
    }),
  );
  const before = (await readOps(stranger)).queues.find(({ name }) => name === "bulk")?.dead ?? 0;
  await asSystem(async (tx) => {
    const now = new Date();
    const job = await tx.jobs.lease(jobId, { now, leasedUntil: new Date(now.getTime() + 1_000) });
    if (job === null) throw new Error("It is not due.");
    const at = now.toISOString();
    await tx.jobs.bury(job, { attempt: 1, code: "vendor_failed", message: "It answered 500.", at, vendor: null });
  });
  const { deadGroups } = await readOps(tenant);
  expect(deadGroups.filter(({ kind }) => kind === "numbers.sync")).toMatchObject([
    { kind: "numbers.sync", code: "vendor_failed", count: 1, newestJobId: jobId },
  ]);
  const foreign = await readOps(stranger);
  expect(foreign.deadGroups.filter(({ kind }) => kind === "numbers.sync")).toEqual([]);
  expect(foreign.queues.find(({ name }) => name === "bulk")?.dead).toBe(before + 1);
});

test("vendors are told as those who run jobs have found them", async () => {
  expect((await readOps(tenant)).vendors).toMatchObject([{ vendor: "telnyx", breaker: "open", recentFailures: 9 }]);
});

test("queues that carry no jobs are told as the platform counts them", async () => {
  expect((await readOps(tenant)).backlogs).toEqual([{ name: "facts", waiting: 3, oldestWaitMs: 1_200 }]);
});

test("a scheduled work that is to run now becomes a job, in the name of who asked, and stands in the audit log", async () => {
  const answer = await tenant.browser.json("/v1/crons/expire/run", "POST", {});
  expect(answer.status).toBe(202);
  const { jobId } = AcceptedJob.parse(await answer.json());
  const [job] = await readRows(({ db }) => db.select().from(jobs).where(eq(jobs.id, jobId)));
  expect(job).toMatchObject({
    workspaceId: tenant.workspaceId,
    kind: "cron.run",
    payload: { name: "expire", requestedBy: expect.stringMatching(/^usr_/) },
  });
  const log = AuditList.parse(await (await tenant.browser.fetch("/v1/audit?action=cron.run")).json());
  expect(log.entries).toMatchObject([{ object: { kind: "cron", id: "expire" }, details: { jobId } }]);
});

test("there are no other works than those that are scheduled, and a key that only reads starts none", async () => {
  expect((await tenant.call("/v1/crons/everything/run", { method: "POST" })).status).toBe(400);
  expect((await tenant.call("/v1/crons/expire/run", { method: "POST", scope: "read" })).status).toBe(403);
});
