import { createExecutionContext, createMessageBatch, getQueueResult, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { CallFact, NumberedFact } from "@earwitness/core";
import { newId, uuidOf, type WorkspaceId } from "@earwitness/shared";
import { sql } from "drizzle-orm";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import worker, { JobsDoor } from "../src/index.ts";
import { aRecordedCall, aSavedRecording, withServices } from "./setup/record.ts";

const AT = "2026-11-21T09:00:00.000Z";

/** Delivers a batch as the platform does, and tells what became of each message. */
async function deliver(queue: string, bodies: unknown[], attempts = 3) {
  const timestamp = new Date();
  const messages = bodies.map((body, i) => ({ id: `${queue}-${i}-${newId("request")}`, timestamp, attempts, body }));
  const batch = createMessageBatch(queue, messages);
  const context = createExecutionContext();
  await worker.queue(batch, env, context);
  await waitOnExecutionContext(context);
  return { ids: messages.map(({ id }) => id), ...(await getQueueResult(batch, context)) };
}

const rowsOf = (query: ReturnType<typeof sql>) =>
  withServices(async ({ database, ctx }) => (await database.read(ctx.actor, ({ db }) => db.execute(query))).rows);

/** What a workspace's browsers heard. Another test's drain may have the rows in hand: they hear soon, not at once. */
const newsOf = (workspaceId: WorkspaceId) => env.WORKSPACE_ROOM.getByName(workspaceId).kept("news");

function startedCall(workspaceId: WorkspaceId): NumberedFact {
  const fact: CallFact = {
    type: "call.started",
    at: AT,
    direction: "outbound",
    carrier: "telnyx",
    carrierSessionId: null,
    from: "+15550100002",
    to: "+15550100001",
    placedBy: "usr_someone",
    workspaceId,
    numberId: null,
  };
  return { n: 1, fact };
}

async function aWorkspace(): Promise<WorkspaceId> {
  const id = newId("workspace");
  await withServices(({ ctx }) => ctx.unitOfWork((tx) => tx.workspaces.add({ id, name: "Test" })));
  return id;
}

describe("the facts queue", () => {
  test("projects the room, tells it, and tells the workspace's browsers", async () => {
    const workspaceId = await aWorkspace();
    const [callId, room] = [newId("call"), newId("request")];
    await env.CALL_ROOM.getByName(room).tell(callId, [startedCall(workspaceId)]);
    const { explicitAcks, ids } = await deliver("earwitness-facts", [{ room, upTo: 1 }]);
    expect(explicitAcks).toEqual(ids);
    expect(await env.CALL_ROOM.getByName(room).kept("confirmed")).toEqual([1]);
    await expect.poll(() => newsOf(workspaceId)).toEqual([{ entity: "call", callId }]);
  });

  test("asks again for a message whose room does not answer, and for no other of the batch", async () => {
    const workspaceId = await aWorkspace();
    const rooms = [newId("request"), `refuses-${newId("request")}`, newId("request")];
    for (const room of rooms.filter((name) => !name.includes("refuses"))) {
      await env.CALL_ROOM.getByName(room).tell(newId("call"), [startedCall(workspaceId)]);
    }
    const { explicitAcks, retryMessages, ids } = await deliver(
      "earwitness-facts",
      rooms.map((room) => ({ room, upTo: 1 })),
    );
    expect(explicitAcks.toSorted()).toEqual([ids[0], ids[2]].toSorted());
    expect(retryMessages).toEqual([{ msgId: ids[1] }]);
  });
});

describe("the notices queue", () => {
  test("hands a notice to its room", async () => {
    const room = newId("request");
    const notice = {
      vendor: "telnyx",
      eventId: "event-1",
      eventType: "call.hangup",
      receivedAt: AT,
      callback: {},
      body: "{}",
      verdict: "readable",
    };
    const { explicitAcks, ids } = await deliver("earwitness-notices", [{ room, notice }]);
    expect(explicitAcks).toEqual(ids);
    expect(await env.CALL_ROOM.getByName(room).kept("delivered")).toEqual([notice]);
  });
});

describe("a job's queue", () => {
  test("runs the job and lets out what follows from it", async () => {
    const { jobId, recording } = await withServices(async (services) => {
      const { recording } = await aSavedRecording(services);
      const payload = { recordingId: recording.id };
      const { workspaceId } = recording;
      const jobId = await services.ctx.unitOfWork((tx) =>
        tx.jobs.add({ workspaceId, kind: "recording.store", key: newId("job"), payload }),
      );
      return { jobId, recording };
    });
    const { explicitAcks, ids } = await deliver("earwitness-recordings", [{ jobId }]);
    expect(explicitAcks).toEqual(ids);
    const stored = await withServices(({ ctx }) => ctx.unitOfWork((tx) => tx.recordings.find(recording.id)));
    expect(stored).toMatchObject({ state: "stored" });
    const { workspaceId, callId } = recording;
    await expect.poll(() => newsOf(workspaceId)).toContainEqual({ entity: "recording", callId });
    const followUp = sql`select enqueued_at is not null as sent from jobs where kind = 'transcript.request' and workspace_id = ${uuidOf(workspaceId)}`;
    await expect.poll(() => rowsOf(followUp)).toEqual([{ sent: true }]);
  });

  test("acknowledges a message for a job that is done, or is none", async () => {
    const { explicitAcks, ids } = await deliver("earwitness-bulk", [{ jobId: newId("job") }]);
    expect(explicitAcks).toEqual(ids);
  });

  test("says on the recording why it could not be stored, once it is given up", async () => {
    const { jobId, recording } = await withServices(async (services) => {
      const call = await aRecordedCall(services);
      // Uploaded, and no more where it was moved to.
      const { recording } = await aSavedRecording(services, {}, { source: "upload" });
      expect(call.id).not.toBe(recording.callId);
      const jobId = await services.ctx.unitOfWork((tx) =>
        tx.jobs.add({
          workspaceId: recording.workspaceId,
          kind: "recording.store",
          key: newId("job"),
          payload: { recordingId: recording.id },
        }),
      );
      return { jobId, recording };
    });
    await deliver("earwitness-recordings", [{ jobId }]);
    const { recording: failed, call } = await withServices(({ ctx }) =>
      ctx.unitOfWork(async (tx) => ({
        recording: await tx.recordings.find(recording.id),
        call: await tx.calls.find(recording.callId),
      })),
    );
    expect(failed).toMatchObject({ state: "failed", failure: { code: "not_found", canRetry: true } });
    expect(call).toMatchObject({ recordingState: "failed" });
  });
});

describe("what cannot go on", () => {
  test.each(["earwitness-facts", "earwitness-notices", "earwitness-recordings"])(
    "is kept and acknowledged when %s brings a message that nobody can read",
    async (queue) => {
      const { explicitAcks, ids } = await deliver(queue, [{ nonsense: true }]);
      expect(explicitAcks).toEqual(ids);
      const rows = await rowsOf(sql`select queue, body from dead_letters where id = ${ids[0]}`);
      expect(rows).toEqual([{ queue, body: { nonsense: true } }]);
    },
  );

  test.each(["earwitness-facts-dead", "earwitness-notices-dead", "earwitness-jobs-dead"])(
    "is kept by the consumer of %s",
    async (queue) => {
      const { explicitAcks, ids } = await deliver(queue, [{ room: "telnyx:1", upTo: 4 }]);
      expect(explicitAcks).toEqual(ids);
      const rows = await rowsOf(sql`select queue, body from dead_letters where id = ${ids[0]}`);
      expect(rows).toEqual([{ queue, body: { room: "telnyx:1", upTo: 4 } }]);
    },
  );

  test("is kept with its cause when its last delivery has failed, and only then", async () => {
    const body = { room: `refuses-${newId("request")}`, upTo: 1 };
    const before = await deliver("earwitness-facts", [body], 100);
    expect(before.retryMessages).toEqual([{ msgId: before.ids[0] }]);
    const spies = [vi.spyOn(console, "warn"), vi.spyOn(console, "error")];
    onTestFinished(() => spies.forEach((spy) => void spy.mockRestore()));
    const last = await deliver("earwitness-facts", [body], 101);
    expect([last.explicitAcks, last.retryMessages]).toEqual([last.ids, []]);
    // It does not come again, and its own words are told where it is given up.
    const lines = spies
      .flatMap(({ mock }) => mock.calls.map(String))
      .filter((line) => line.includes(String(last.ids[0])));
    expect(lines).toEqual([expect.stringMatching(/A message is given up.*"error":/)]);
    const rows = await rowsOf(
      sql`select id, queue, body, reason from dead_letters where body = ${JSON.stringify(body)}`,
    );
    const reason = expect.stringMatching(/^Every delivery failed\. The last one: .+\((unavailable|internal)\)$/);
    expect(rows).toEqual([{ id: last.ids[0], queue: "earwitness-facts", body, reason }]);
  });

  test("is taken again when it is sent again, by the queue that it was on", async () => {
    const [workspaceId, callId, room] = [await aWorkspace(), newId("call"), newId("request")];
    await env.CALL_ROOM.getByName(room).tell(callId, [startedCall(workspaceId)]);
    const context = createExecutionContext();
    const door = new JobsDoor(context, env);
    await door.resend("earwitness-facts-dead", { room, upTo: 1 });
    await expect.poll(() => env.CALL_ROOM.getByName(room).kept("confirmed"), { timeout: 10_000 }).toEqual([1]);

    const jobId = await withServices(({ ctx }) =>
      ctx.unitOfWork((tx) =>
        tx.jobs.add({ workspaceId, kind: "numbers.sync", key: newId("job"), payload: { workspaceId } }),
      ),
    );
    await door.resend("earwitness-jobs-dead", { jobId });
    const state = sql`select state from jobs where id = ${uuidOf(jobId)}`;
    await expect.poll(() => rowsOf(state), { timeout: 10_000 }).not.toEqual([{ state: "queued" }]);
    const refused = { kind: "refused", reason: expect.stringContaining("Dismiss it.") };
    expect(await door.resend("earwitness-jobs-dead", { nonsense: true })).toEqual(refused);
    expect(await door.resend("earwitness-jobs-dead", { jobId: newId("job") })).toEqual(refused);
    await waitOnExecutionContext(context);
  }, 25_000);

  test("makes a batch of an unknown queue fail", async () => {
    await expect(deliver("earwitness-unknown", [{}])).rejects.toThrow("earwitness-unknown");
  });
});
