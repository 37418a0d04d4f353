import { createExecutionContext, createScheduledController, SELF, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { CRON_CATALOGUE, routingKey, runJob } from "@earwitness/core";
import { type CronName, newId } from "@earwitness/shared";
import { aNumber } from "@earwitness/testing/records";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { CRONS } from "../src/crons/index.ts";
import { sweep } from "../src/crons/sweep.ts";
import worker, { JobsDoor } from "../src/index.ts";
import { aRecordedCall, withServices } from "./setup/record.ts";

async function fire(cron: string, scheduledTime = new Date()): Promise<void> {
  const context = createExecutionContext();
  await worker.scheduled(createScheduledController({ cron, scheduledTime }), env, context);
  await waitOnExecutionContext(context);
}

const aPublishedNumber = () =>
  withServices(async ({ ctx }) => {
    const workspaceId = newId("workspace");
    const number = aNumber(workspaceId);
    await ctx.unitOfWork(async (tx) => {
      await tx.workspaces.add({ id: workspaceId, name: "Test" });
      await tx.numbers.claim(number);
      await tx.outbox.publishNumber(workspaceId, number.id);
    });
    return { workspaceId, id: number.id, e164: number.e164 };
  });

/** What rooms read of a number. Another test's drain may have the row in hand: it is there soon, not at once. */
const published = (e164: string) => env.ROUTING.get(routingKey(e164), "json");

test("the minute's cron lets out what a drain left behind", async () => {
  const { workspaceId, id, e164 } = await aPublishedNumber();
  await fire("* * * * *");
  await expect.poll(() => published(e164)).toMatchObject({ workspaceId, numberId: id, version: 1 });
  await expect
    .poll(() => env.WORKSPACE_ROOM.getByName(workspaceId).kept("news"))
    .toEqual([{ entity: "number", callId: null }]);
});

test("the minute's cron tells how much it let out, and fails where nothing can be let out", async () => {
  const since = new Date();
  await fire("* * * * *");
  const result = { letOut: expect.any(Number), resent: expect.any(Number) };
  expect(await runsOf("sweep", since)).toContainEqual({ ...aRun, result });
  await withServices(async (services) => {
    const unitOfWork: typeof services.ctx.unitOfWork = (work) =>
      services.ctx.unitOfWork((tx) =>
        work({ ...tx, outbox: { ...tx.outbox, claim: () => Promise.reject(new Error("It cannot be read")) } }),
      );
    await expect(sweep.run({ ...services, ctx: { ...services.ctx, unitOfWork } }, new Date())).rejects.toThrow(
      "It cannot be read",
    );
  });
});

test("a session that has ended is closed in its workspace's room", async () => {
  const [workspaceId, sessionId] = [newId("workspace"), newId("session")];
  await withServices(({ ctx }) => ctx.unitOfWork((tx) => tx.outbox.closeSession(workspaceId, sessionId)));
  await fire("* * * * *");
  await expect.poll(() => env.WORKSPACE_ROOM.getByName(workspaceId).kept("closed")).toEqual([sessionId]);
});

test("other workers can have the outbox drained", async () => {
  const { e164 } = await aPublishedNumber();
  const context = createExecutionContext();
  await new JobsDoor(context, env).drainOutbox();
  await waitOnExecutionContext(context);
  await expect.poll(() => published(e164)).toMatchObject({ e164 });
});

test("reconciliation tells the room of a leg that the carrier does not know any more", async () => {
  const call = await withServices(async (services) => {
    const ended = await aRecordedCall(services);
    const live = {
      ...ended,
      state: "live",
      endedAt: null,
      startedAt: new Date(),
      recordingState: "recording",
    } as const;
    await services.ctx.unitOfWork(async (tx) => {
      await tx.calls.save(live);
      await tx.legs.save({
        workspaceId: live.workspaceId,
        callId: live.id,
        carrierLegId: "leg-of-the-test",
        carrierControlId: "v3:unknown",
        party: "caller",
        address: live.fromAddress,
        startedAt: live.startedAt,
        answeredAt: live.startedAt,
        endedAt: null,
        carrierCause: null,
        sipCode: null,
      });
    });
    return live;
  });
  const observed = () => env.CALL_ROOM.getByName(call.room).kept("observed");
  await fire("*/5 * * * *");
  expect(await observed()).toEqual([]); // It is seconds old: its own notices come first.
  await fire("*/5 * * * *", new Date(Date.now() + 5 * 60_000));
  expect(await observed()).toEqual([{ type: "leg_gone", carrierLegId: "leg-of-the-test", endedAt: null }]);
});

/** The runs of a work from `since` on, latest first. */
const runsOf = (name: CronName, since: Date) =>
  withServices(async ({ database, ctx }) => {
    const query = sql`select state, result, error, requested_by, finished_at >= started_at as is_over from cron_runs
      where name = ${name} and started_at >= ${since.toISOString()} order by started_at desc`;
    return (await database.read(ctx.actor, ({ db }) => db.execute(query))).rows;
  });
const aRun = { state: "done", error: null, requested_by: null, is_over: true };

test("every name of the catalogue has its work", () => {
  expect(CRONS.map(({ name }) => name).toSorted()).toEqual(Object.keys(CRON_CATALOGUE).toSorted());
});

test("each run is written down with what came of it", async () => {
  const since = new Date();
  await fire("10 3-6 * * *");
  expect(await runsOf("partitions", since)).toEqual([{ ...aRun, result: { made: 0, dropped: 0 } }]);
});

/** Reconciliation fails of it: its leg should have ended, and its room takes no word of that. */
async function aCallOfARoomThatRefuses(): Promise<void> {
  const room = `refuses-${newId("call")}`;
  await withServices(async (services) => {
    const call = { ...(await aRecordedCall(services)), room, state: "live", endedAt: null } as const;
    await services.ctx.unitOfWork(async (tx) => {
      await tx.calls.save(call);
      await tx.legs.save({
        workspaceId: call.workspaceId,
        callId: call.id,
        carrierLegId: `leg-of-${room}`,
        carrierControlId: "v3:unknown-as-well",
        party: "caller",
        address: call.fromAddress,
        startedAt: call.startedAt,
        answeredAt: call.startedAt,
        endedAt: null,
        carrierCause: null,
        sipCode: null,
      });
    });
  });
}

test("a work that fails says why, and keeps those that are due with it from nothing", async () => {
  await aCallOfARoomThatRefuses();
  const since = new Date();
  await expect(fire("*/5 * * * *")).rejects.toThrow("did not come to its end");
  expect(await runsOf("reconcile", since)).toMatchObject([
    { state: "failed", result: null, error: "Something went wrong on our side. (internal)", is_over: true },
  ]);
  expect(await runsOf("uploads", since)).toMatchObject([aRun]);
});

test("a work that somebody asks for runs by a job, in their name", async () => {
  const since = new Date();
  const requestedBy = newId("user");
  await withServices(async ({ ctx, handlers, gate }) => {
    const workspaceId = newId("workspace");
    const jobId = await ctx.unitOfWork(async (tx) => {
      await tx.workspaces.add({ id: workspaceId, name: "Test" });
      const payload = { name: "audit_heads", requestedBy } as const;
      return tx.jobs.add({ workspaceId, kind: "cron.run", key: newId("cronRun"), payload });
    });
    await runJob(ctx, { handlers, gate }, jobId);
  });
  expect(await runsOf("audit_heads", since)).toContainEqual({
    ...aRun,
    result: { kept: expect.any(Number) },
    requested_by: requestedBy,
  });
});

test("a work that somebody asks for and that fails tells their workspace the kind of failure, not what it was about", async () => {
  await aCallOfARoomThatRefuses();
  const failed = await withServices(async (services) => {
    const workspaceId = newId("workspace");
    const jobId = await services.ctx.unitOfWork(async (tx) => {
      await tx.workspaces.add({ id: workspaceId, name: "Test" });
      const payload = { name: "reconcile", requestedBy: newId("user") } as const;
      return tx.jobs.add({ workspaceId, kind: "cron.run", key: newId("cronRun"), payload });
    });
    await runJob(services.ctx, services, jobId);
    return services.ctx.unitOfWork((tx) => tx.jobs.lock(jobId));
  });
  expect(failed).toMatchObject({
    state: "dead",
    lastError: { code: "internal", message: "Something went wrong on our side. (internal)" },
  });
});

test("a cron that is not known fails", async () => {
  await expect(fire("0 0 * * *")).rejects.toThrow("0 0 * * *");
});

test("the worker says whether it is alive, and whether it can work", async () => {
  expect((await SELF.fetch("https://jobs.test/health")).status).toBe(200);
  const ready = await SELF.fetch("https://jobs.test/ready");
  expect(await ready.json()).toEqual({ status: "ready", needs: { database: "ok", storage: "ok" } });
});
