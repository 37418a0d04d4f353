import {
  cancelJob,
  JOB_CATALOGUE,
  JOB_SUBJECTS,
  type JobHandlers,
  type JobRunner,
  type JobWork,
  jobHandler,
  jobSubject,
  runJob,
  runJobsAgain,
  sweepJobs,
  type VendorGate,
} from "@earwitness/core";
import {
  EarwitnessError,
  type Failure,
  type JobId,
  newId,
  notFound,
  uuidOf,
  type WorkspaceId,
} from "@earwitness/shared";
import { beforeAll, describe, expect, test } from "vitest";
import { listJobs, readJob } from "../src/index.ts";
import { aWorkspace, contextOf, userOf } from "./support/factories.ts";
import { brokenGate, listeningGate, openGate, shutGate } from "./support/gates.ts";
import { movableClock, useDatabase } from "./support/use-database.ts";

const record = useDatabase();
let workspaceId: WorkspaceId;
beforeAll(async () => {
  workspaceId = await aWorkspace(record.database);
});

const add = (key: string = newId("job")): Promise<JobId> =>
  record
    .context()
    .unitOfWork((tx) => tx.jobs.add({ workspaceId, kind: "numbers.sync", key, payload: { workspaceId } }));

/** A runner of which only the work of `numbers.sync` is ever asked; `told` hears why it was given up. */
function runnerOf(work: JobWork<unknown> & { told?: Failure[]; gate?: VendorGate; cancelled?: () => void }): JobRunner {
  const none = jobHandler(JOB_CATALOGUE["mail.send"], {
    run: async () => {
      throw new Error("not asked");
    },
  });
  const handlers: JobHandlers = {
    "numbers.sync": jobHandler(JOB_CATALOGUE["numbers.sync"], work),
    "recording.store": none,
    "recording.store_own": none,
    "recording.delete_carrier_copy": none,
    "transcript.request": none,
    "transcript.collect": none,
    "mail.send": none,
    "upload.check": none,
    "cron.run": none,
    "digest.make": none,
    "export.write": none,
    "import.take": none,
    "call.purge_objects": none,
  };
  const subject = jobSubject(JOB_CATALOGUE["numbers.sync"], {
    giveUp: async (_ctx, _tx, _payload, failure) => void work.told?.push(failure),
    cancelled: async () => work.cancelled?.(),
  });
  return { handlers, gate: work.gate ?? openGate, subjects: { ...JOB_SUBJECTS, "numbers.sync": subject } };
}
const failing = (error: unknown) => ({ run: () => Promise.reject(error) });
const failureAt = (at: Date) => ({ attempt: 1, code: "x", message: "x", at: at.toISOString(), vendor: null });
const soon = () => movableClock(new Date(Date.now() + 1_000));
const stateOf = async (id: JobId) =>
  (await record.rows("select state, attempts, last_error as error from jobs where id = $1", [uuidOf(id)]))[0];

describe("a job", () => {
  test("that is wished for twice is one job with one message", async () => {
    const key = newId("job");
    const [first, second] = [await add(key), await add(key)];
    expect(second).toBe(first);
    const sent = await record.rows("select id from outbox where kind = 'job' and payload->>'jobId' = $1", [first]);
    expect(sent).toHaveLength(1);
  });

  test("goes on where the record is away while it tells how far it is", async () => {
    const context = record.context(soon());
    let isAway = false;
    const unitOfWork: typeof context.unitOfWork = (work) =>
      isAway ? Promise.reject(new EarwitnessError("unavailable", "Postgres is away.")) : context.unitOfWork(work);
    const runner = runnerOf({
      async run(_ctx, _payload, step) {
        isAway = true;
        await step.progress(1, 2, "bytes");
        isAway = false;
      },
    });
    expect(await runJob({ ...context, unitOfWork }, runner, await add())).toEqual({ kind: "done" });
  });

  test("is run once when two take its message at once", async () => {
    const id = await add();
    let runs = 0;
    const runner = runnerOf({
      run: async () => {
        runs++;
        await new Promise((done) => setTimeout(done, 50));
      },
    });
    const clock = soon();
    const outcomes = await Promise.all([1, 2, 3].map(() => runJob(record.context(clock), runner, id)));
    expect(runs).toBe(1);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["done", "passed", "passed"]);
    expect(await runJob(record.context(clock), runner, id)).toEqual({ kind: "passed" });
    expect(runs).toBe(1);
  });

  test("of which everybody dies who runs it is given up like one that fails", async () => {
    const id = await add();
    const told: Failure[] = [];
    let runs = 0;
    const runner = runnerOf({ run: async () => void runs++, told });
    const { maxAttempts } = JOB_CATALOGUE["numbers.sync"];
    await record.rows("update jobs set state = 'running', attempts = $2, leased_until = now() where id = $1", [
      uuidOf(id),
      maxAttempts,
    ]);
    expect(await runJob(record.context(soon()), runner, id)).toEqual({ kind: "dead" });
    expect([runs, told]).toMatchObject([0, [{ code: "internal", canRetry: true }]]);
  });

  test("that fails is put off, longer each time, and not run before", async () => {
    const id = await add();
    const clock = soon();
    const runner = runnerOf(failing(new EarwitnessError("vendor_failed", "The carrier answered 503.")));
    const delays: number[] = [];
    for (let attempt = 1; attempt <= 3; attempt++) {
      const outcome = await runJob(record.context(clock), runner, id);
      if (outcome.kind !== "again") throw new Error(outcome.kind);
      delays.push(outcome.delayMs);
      clock.forward(outcome.delayMs - 1);
      expect(await runJob(record.context(clock), runner, id)).toEqual({ kind: "passed" });
      clock.forward(1);
    }
    expect(delays).toEqual([500, 1_000, 2_000]);
    expect(await stateOf(id)).toMatchObject({ state: "queued", attempts: 3, error: { code: "vendor_failed" } });
  });

  test("waits as long as the vendor asks", async () => {
    const id = await add();
    const error = new EarwitnessError("vendor_failed", "Too many requests.", { retryable: true, retryAfterMs: 45_000 });
    expect(await runJob(record.context(soon()), runnerOf(failing(error)), id)).toMatchObject({ delayMs: 45_000 });
  });

  test("that cannot go better is given up at once and says why", async () => {
    const id = await add();
    const told: Failure[] = [];
    const error = new EarwitnessError("unprocessable", "The language xx is none that is transcribed.");
    expect(await runJob(record.context(soon()), runnerOf({ ...failing(error), told }), id)).toEqual({ kind: "dead" });
    expect(told).toMatchObject([{ code: "unprocessable", message: error.message, canRetry: true }]);
  });

  test("is given up after its last attempt, and shows nothing of an error of our own", async () => {
    const id = await add();
    const clock = soon();
    const told: Failure[] = [];
    const runner = runnerOf({ ...failing(new TypeError("undefined is not a function")), told });
    let outcome = await runJob(record.context(clock), runner, id);
    for (let attempt = 1; outcome.kind === "again"; attempt++) {
      expect(attempt).toBeLessThan(JOB_CATALOGUE["numbers.sync"].maxAttempts);
      clock.forward(outcome.delayMs);
      outcome = await runJob(record.context(clock), runner, id);
    }
    expect(outcome).toEqual({ kind: "dead" });
    expect(await stateOf(id)).toMatchObject({ state: "dead", attempts: 10, error: { code: "internal" } });
    expect(told).toHaveLength(1);
    expect(told[0]?.message).not.toContain("undefined");
  });

  test("whose runner died is taken up after its lease, and a late finish of the first does not count", async () => {
    const id = await add();
    const clock = soon();
    const take = () =>
      record
        .context()
        .unitOfWork((tx) =>
          tx.jobs.lease(id, { now: clock.now(), leasedUntil: new Date(clock.now().getTime() + 30_000) }),
        );
    const first = await take();
    if (first === null) throw new Error("It was free");
    clock.forward(29_999);
    expect(await take()).toBeNull();
    clock.forward(1);
    const second = await take();
    expect(second).toMatchObject({ attempts: 2 });
    const { unitOfWork } = record.context();
    expect(await unitOfWork((tx) => tx.jobs.finish(first, clock.now()))).toBe(false);
    expect(await unitOfWork((tx) => tx.jobs.renew(first, clock.now()))).toBe("lost");
    expect(second !== null && (await unitOfWork((tx) => tx.jobs.finish(second, clock.now())))).toBe(true);
  });
});

describe("a job that somebody wants no more", () => {
  const cancel = (id: JobId) => cancelJob(contextOf(record, userOf(workspaceId)), id);
  /** Takes the job's message; tells how the attempt came out, and how often its subject heard that it was cancelled. */
  const run = async (id: JobId, work: JobWork<unknown> & { gate?: VendorGate }, clock = soon()) => {
    let told = 0;
    const outcome = await runJob(record.context(clock), runnerOf({ ...work, cancelled: () => void told++ }), id);
    return { outcome, told, state: (await stateOf(id))?.state };
  };
  const isCancelled = { outcome: { kind: "cancelled" }, told: 1, state: "cancelled" };

  test("ends in the middle of its step", async () => {
    const id = await add();
    let steps = 0;
    const work: JobWork<unknown> = {
      async run(_ctx, _payload, step) {
        for (; steps < 3; steps++) {
          if (steps === 1) await cancel(id);
          await step.checkCancelled();
        }
      },
    };
    expect(await run(id, work)).toEqual(isCancelled);
    expect(steps).toBe(1);
    expect(await run(id, work)).toMatchObject({ outcome: { kind: "passed" }, told: 0 });
  });

  test("is not tried again where its attempt fails before it hears of that, and keeps the failure", async () => {
    const id = await add();
    const fails = async () => {
      await cancel(id);
      throw new EarwitnessError("vendor_failed", "Too many requests.", { retryable: true, retryAfterMs: 3_600_000 });
    };
    expect(await run(id, { run: fails })).toEqual(isCancelled);
    expect(await record.rows("select code from job_failures where job_id = $1", [uuidOf(id)])).toHaveLength(1);
  });

  test("does not go on with its next step", async () => {
    const id = await add();
    const more = async () => {
      await cancel(id);
      return { kind: "more" } as const;
    };
    expect(await run(id, { run: more })).toEqual(isCancelled);
  });

  test("does not wait for its vendor", async () => {
    const id = await add();
    const shut = shutGate(3_600_000);
    const gate: VendorGate = {
      ...shut,
      async enter(vendor, holder) {
        await cancel(id);
        return shut.enter(vendor, holder);
      },
    };
    expect(await run(id, { run: async () => {}, gate })).toEqual(isCancelled);
  });

  test("ends when it is taken up after its runner died, and does nothing", async () => {
    const id = await add();
    const clock = soon();
    const leasedUntil = new Date(clock.now().getTime() + 30_000);
    await record.context().unitOfWork((tx) => tx.jobs.lease(id, { now: clock.now(), leasedUntil }));
    await cancel(id);
    await cancel(id);
    clock.forward(30_000);
    let runs = 0;
    expect(await run(id, { run: async () => void runs++ }, clock)).toEqual(isCancelled);
    expect(runs).toBe(0);
  });

  test("stays done where its work ends before it hears of that", async () => {
    const id = await add();
    expect(await run(id, { run: () => cancel(id) })).toEqual({ outcome: { kind: "done" }, told: 0, state: "done" });
  });
});

describe("a job whose subject is gone", () => {
  const orphan = () =>
    record
      .context()
      .unitOfWork((tx) =>
        tx.jobs.add({ workspaceId, kind: "upload.check", key: newId("job"), payload: { uploadId: newId("upload") } }),
      );

  test("is given up all the same", async () => {
    const id = await orphan();
    const { handlers, gate } = runnerOf({ run: async () => {} });
    const gone = jobHandler(JOB_CATALOGUE["upload.check"], failing(notFound("The upload")));
    const runner = { handlers: { ...handlers, "upload.check": gone }, gate };
    expect(await runJob(record.context(soon()), runner, id)).toEqual({ kind: "dead" });
    expect(await stateOf(id)).toMatchObject({ state: "dead", error: { code: "not_found" } });
  });

  test("is cancelled all the same", async () => {
    const id = await orphan();
    await cancelJob(contextOf(record, userOf(workspaceId)), id);
    expect(await stateOf(id)).toMatchObject({ state: "cancelled" });
  });
});

describe("a job's failures", () => {
  test("are all kept, each with what the vendor answered", async () => {
    const id = await add();
    const clock = soon();
    const vendorAnswer = { vendor: "Telnyx", status: 503, requestId: "req-1", answer: "upstream" };
    const errors = [
      new EarwitnessError("vendor_failed", "Telnyx: It is closed.", { vendorAnswer }),
      new TypeError("undefined is not a function"),
    ];
    for (const error of errors) {
      const outcome = await runJob(record.context(clock), runnerOf(failing(error)), id);
      if (outcome.kind === "again") clock.forward(outcome.delayMs);
    }
    const kept = await record.rows(
      "select attempt, code, vendor, vendor_status, vendor_request_id, vendor_answer, workspace_id from job_failures where job_id = $1 order by at",
      [uuidOf(id)],
    );
    expect(kept).toMatchObject([
      {
        attempt: 1,
        code: "vendor_failed",
        vendor: "Telnyx",
        vendor_status: 503,
        vendor_request_id: "req-1",
        vendor_answer: "upstream",
        workspace_id: uuidOf(workspaceId),
      },
      { attempt: 2, code: "internal", vendor: null },
    ]);
    expect(await stateOf(id)).toMatchObject({ error: { attempt: 2, message: "undefined is not a function" } });
  });
});

describe("a long job", () => {
  const progressOf = async (id: JobId) =>
    (
      await record.rows(
        "select progress_done as done, progress_total as total, attempts, state from jobs where id = $1",
        [uuidOf(id)],
      )
    )[0];

  test("says how far it is once a second at most, and tells whoever asked for it", async () => {
    const clock = soon();
    const id = await record.context().unitOfWork((tx) =>
      tx.jobs.add({
        workspaceId,
        kind: "numbers.sync",
        key: newId("job"),
        payload: { workspaceId },
        requestedBy: newId("user"),
      }),
    );
    await record.rows("delete from outbox");
    const seen: unknown[] = [];
    await runJob(
      record.context(clock),
      runnerOf({
        async run(_ctx, _payload, step) {
          for (let done = 1; done <= 4; done++) {
            await step.progress(done, 10, "rows");
            seen.push((await progressOf(id))?.done);
            clock.forward(500);
          }
        },
      }),
      id,
    );
    expect(seen).toEqual(["1", "1", "3", "3"]);
    const news = await record.rows("select payload->>'entity' as entity from outbox where kind = 'live'");
    // Begun, twice on its way, done.
    expect(news.map(({ entity }) => entity)).toEqual(["job", "job", "job", "job"]);
  });

  test("goes on at once from where it stopped, and none of its steps counts as a failed attempt", async () => {
    const id = await add();
    const clock = soon();
    const { maxAttempts } = JOB_CATALOGUE["numbers.sync"];
    let steps = 0;
    const runner = runnerOf({ run: async () => (++steps <= maxAttempts + 2 ? { kind: "more" } : undefined) });
    for (let step = 1; step <= maxAttempts + 2; step++) {
      expect(await runJob(record.context(clock), runner, id)).toEqual({ kind: "again", queue: "bulk", delayMs: 0 });
      expect(await progressOf(id)).toMatchObject({ state: "queued", attempts: 0 });
      clock.forward(1);
    }
    expect(await runJob(record.context(clock), runner, id)).toEqual({ kind: "done" });
  });

  test("is not ended by a runner that was taken for dead, though both have attempts of the same number", async () => {
    const id = await add();
    const clock = soon();
    const lease = () =>
      record
        .context()
        .unitOfWork((tx) =>
          tx.jobs.lease(id, { now: clock.now(), leasedUntil: new Date(clock.now().getTime() + 30_000) }),
        );
    const dead = await lease();
    clock.forward(30_000);
    await runJob(record.context(clock), runnerOf({ run: async () => ({ kind: "more" }) }), id);
    clock.forward(1);
    const third = await lease();
    expect([dead?.attempts, third?.attempts]).toEqual([1, 1]);
    if (dead === null) throw new Error("It was free");
    expect(await record.context().unitOfWork((tx) => tx.jobs.finish(dead, clock.now()))).toBe(false);
    expect(await progressOf(id)).toMatchObject({ state: "running" });
  });
});

describe("a job of a kind that only a later version knows", () => {
  const addUnknown = async (): Promise<JobId> => {
    const id = await add();
    await record.rows("update jobs set kind = 'call.sing' where id = $1", [uuidOf(id)]);
    return id;
  };
  const ctx = () => contextOf(record, userOf(workspaceId));

  test("keeps no other from being swept, and is not run", async () => {
    await record.rows("delete from jobs");
    const [unknown, known] = [await addUnknown(), await add()];
    const clock = movableClock(new Date(Date.now() + 60_000));
    const sent: JobId[] = [];
    const queue = { send: async (_queue: unknown, ids: readonly JobId[]) => void sent.push(...ids) };
    expect(await sweepJobs(record.context(clock), queue)).toBe(1);
    expect(sent).toEqual([known]);
    expect(await runJob(record.context(clock), runnerOf({ run: async () => {} }), unknown)).toEqual({ kind: "passed" });
    expect(await stateOf(unknown)).toMatchObject({ state: "queued", attempts: 0 });
  });

  test("is listed and read by its own name, on no queue", async () => {
    const id = await addUnknown();
    const viewer = { sees: "all" } as const;
    const listed = await record.database.read(userOf(workspaceId), (scope) =>
      listJobs(scope, viewer, { filter: { kind: "call.sing" }, after: null, limit: 1 }),
    );
    expect(listed.jobs).toMatchObject([{ id, kind: "call.sing", queue: null, maxAttempts: null, state: "queued" }]);
    const read = await record.database.read(userOf(workspaceId), (scope) => readJob(scope, viewer, id));
    expect(read).toMatchObject({ id, failures: [] });
  });

  test("is neither cancelled nor run again, which says why, and keeps no other from that", async () => {
    const waiting = await addUnknown();
    await expect(cancelJob(ctx(), waiting)).rejects.toMatchObject({ code: "conflict" });
    const [dead, known] = [await addUnknown(), await add()];
    const ids = [dead, known];
    await record.rows("update jobs set state = 'dead', finished_at = now() where id = any($1)", [ids.map(uuidOf)]);
    const again = await runJobsAgain(ctx(), record.context(), { jobIds: ids });
    expect(again).toEqual({ changed: 1, refused: [{ jobId: dead, reason: expect.stringContaining("call.sing") }] });
    expect([await stateOf(waiting), await stateOf(dead)]).toMatchObject([{ state: "queued" }, { state: "dead" }]);
  });
});

describe("a vendor's gate", () => {
  test("puts a job off that has to wait, which counts as no attempt", async () => {
    const id = await add();
    const clock = soon();
    let runs = 0;
    const run = async () => void runs++;
    for (let times = 0; times < 3; times++) {
      const outcome = await runJob(record.context(clock), runnerOf({ run, gate: shutGate(5_000) }), id);
      expect(outcome).toEqual({ kind: "again", queue: "bulk", delayMs: 5_000 });
      expect(await runJob(record.context(clock), runnerOf({ run }), id)).toEqual({ kind: "passed" });
      clock.forward(5_000);
    }
    expect(await stateOf(id)).toMatchObject({ state: "queued", attempts: 0, error: null });
    expect(await runJob(record.context(clock), runnerOf({ run }), id)).toEqual({ kind: "done" });
    expect(runs).toBe(1);
  });

  test("hears nothing of a job that found its work done, which is done like any other", async () => {
    const id = await add();
    const run = async () => ({ kind: "unasked" }) as const;
    expect(await runJob(record.context(soon()), runnerOf({ run }), id)).toEqual({ kind: "done" });
    expect(await stateOf(id)).toMatchObject({ state: "done" });
  });

  test("that cannot be reached stops no job", async () => {
    const id = await add();
    const outcome = await runJob(record.context(soon()), runnerOf({ run: async () => {}, gate: brokenGate }), id);
    expect(outcome).toEqual({ kind: "done" });
  });

  test("hears only of what the vendor did", async () => {
    const answer = (status: number | null) => ({ vendor: "Telnyx", status, requestId: null, answer: null });
    const vendorFailed = (status: number | null) =>
      new EarwitnessError("vendor_failed", "No.", { vendorAnswer: answer(status) });
    const reported = async (work: JobWork<unknown>) => {
      const gate = listeningGate();
      await runJob(record.context(soon()), runnerOf({ ...work, gate }), await add());
      return gate.reports.map(({ kind }) => kind);
    };
    expect(await reported({ run: async () => {} })).toEqual(["answered"]);
    expect(await reported({ run: async () => ({ kind: "unasked" }) })).toEqual(["other"]);
    expect(await reported(failing(vendorFailed(503)))).toEqual(["failed"]);
    expect(await reported(failing(vendorFailed(429)))).toEqual(["failed"]);
    expect(await reported(failing(vendorFailed(null)))).toEqual(["failed"]);
    expect(await reported(failing(vendorFailed(422)))).toEqual(["answered"]);
    expect(await reported(failing(new EarwitnessError("unavailable", "Postgres is away.")))).toEqual(["other"]);
    expect(await reported(failing(new TypeError("undefined is not a function")))).toEqual(["other"]);
  });
});

describe("the sweep", () => {
  test("sends again for jobs whose message was lost or whose runner died, and for no others", async () => {
    await record.rows("delete from jobs");
    const clock = movableClock(new Date(Date.now() + 1_000));
    const [neverSent, justSent, lost, running, died, later] = [
      await add(),
      await add(),
      await add(),
      await add(),
      await add(),
      await add(),
    ];
    const { unitOfWork } = record.context();
    const in_ = (ms: number) => new Date(clock.now().getTime() + ms);
    await unitOfWork(async (tx) => {
      await tx.jobs.markEnqueued([justSent], in_(50_000));
      await tx.jobs.markEnqueued([lost], in_(-60_000));
      await tx.jobs.lease(running, { now: clock.now(), leasedUntil: in_(90_000) });
      await tx.jobs.lease(died, { now: clock.now(), leasedUntil: in_(30_000) });
      const failed = await tx.jobs.lease(later, { now: clock.now(), leasedUntil: in_(30_000) });
      if (failed !== null) await tx.jobs.retryLater(failed, in_(600_000), failureAt(clock.now()));
    });
    clock.forward(60_000);
    const sent: JobId[] = [];
    const sweep = () =>
      sweepJobs(record.context(clock), {
        async send(_queue, ids) {
          sent.push(...ids);
        },
      });
    expect(await sweep()).toBe(3);
    expect(sent.toSorted()).toEqual([neverSent, lost, died].toSorted());
    clock.forward(5_000);
    expect(await sweep()).toBe(1); // The one that died is still unattended; the others' messages are fresh.
  });
});
