import {
  JOB_CATALOGUE,
  JOB_SUBJECTS,
  type JobHandlers,
  type JobRunner,
  type JobWork,
  jobHandler,
  jobSubject,
  runJob,
  sweepJobs,
} from "@earwitness/core";
import { EarwitnessError, type Failure, type JobId, newId, uuidOf, type WorkspaceId } from "@earwitness/shared";
import { beforeAll, describe, expect, test } from "vitest";
import { aWorkspace } from "./support/factories.ts";
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
function runnerOf(work: JobWork<unknown> & { told?: Failure[] }): JobRunner {
  const none = jobHandler(JOB_CATALOGUE["mail.send"], {
    run: async () => {
      throw new Error("not asked");
    },
  });
  const handlers: JobHandlers = {
    "numbers.sync": jobHandler(JOB_CATALOGUE["numbers.sync"], work),
    "recording.store": none,
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
  });
  return { handlers, subjects: { ...JOB_SUBJECTS, "numbers.sync": subject } };
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
