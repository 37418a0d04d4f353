import {
  drainOutbox,
  endSession,
  type OutboxDoors,
  type OutboxRow,
  type QueueName,
  type Repositories,
  type RoutingSnapshot,
} from "@earwitness/core";
import { type CallId, type JobId, type LiveNews, type NumberId, newId, type WorkspaceId } from "@earwitness/shared";
import { aNumber } from "@earwitness/testing/records";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { aWorkspace } from "./support/factories.ts";
import { movableClock, useDatabase } from "./support/use-database.ts";

const record = useDatabase();

/** Doors that write down what goes through, and stay shut where they are told to. */
function openDoors(shut: { jobs?: boolean; live?: boolean; routing?: boolean } = {}) {
  const out = {
    jobs: [] as [QueueName, JobId[]][],
    news: [] as LiveNews[],
    closed: [] as string[],
    renewed: [] as string[],
    routing: [] as RoutingSnapshot[],
  };
  const pass = (isShut: boolean | undefined) => {
    if (isShut) throw new Error("The door is shut");
  };
  const doors: OutboxDoors = {
    jobQueue: {
      async send(queue, ids) {
        pass(shut.jobs);
        out.jobs.push([queue, [...ids]]);
      },
    },
    live: {
      async publish(_workspaceId, news) {
        pass(shut.live);
        out.news.push(...news);
      },
      async renewSession(workspaceId, sessionId) {
        pass(shut.live);
        out.renewed.push(`${workspaceId} ${sessionId}`);
      },
      async closeSession(workspaceId, sessionId) {
        pass(shut.live);
        out.closed.push(`${workspaceId} ${sessionId}`);
      },
    },
    routing: {
      async put(snapshot) {
        pass(shut.routing);
        out.routing.push(snapshot);
      },
    },
  };
  return { doors, out, shut };
}

let workspaceId: WorkspaceId;
beforeEach(async () => {
  await record.rows("delete from outbox");
  workspaceId = await aWorkspace(record.database);
});

const soon = () => movableClock(new Date(Date.now() + 1_000));
const left = async () => (await record.rows("select kind, attempts, last_error from outbox order by id")) as unknown[];

async function aNumberOfOurs(): Promise<NumberId> {
  const number = aNumber(workspaceId, { recordOutbound: false, language: "en-US", keyTerms: ["Harbor"] });
  await record.context().unitOfWork((tx) => tx.numbers.claim(number));
  return number.id;
}

describe("draining the outbox", () => {
  test("lets everything out, the same news once", async () => {
    const callId = newId("call");
    const number = await aNumberOfOurs();
    const jobId = await record.context().unitOfWork(async (tx) => {
      await tx.outbox.tellCall(workspaceId, callId);
      await tx.outbox.tellCall(workspaceId, callId);
      await tx.outbox.publishNumber(workspaceId, number);
      return tx.jobs.add({ workspaceId, kind: "numbers.sync", key: newId("job"), payload: { workspaceId } });
    });
    const { doors, out } = openDoors();
    await drainOutbox(record.context(soon()), doors);
    expect(out.jobs).toEqual([["bulk", [jobId]]]);
    expect(out.news).toEqual([
      { entity: "call", callId },
      { entity: "number", callId: null },
    ]);
    expect(out.routing).toMatchObject([{ numberId: number, version: 1, recordOutbound: false, keyTerms: ["Harbor"] }]);
    expect(await record.context().unitOfWork((tx) => tx.numbers.find(number))).toMatchObject({ publishedVersion: 1 });
    expect(await left()).toEqual([]);
  });

  test("leaves the newest settings of a number behind, whichever drain comes last", async () => {
    const number = await aNumberOfOurs();
    const { unitOfWork } = record.context();
    await unitOfWork((tx) => tx.outbox.publishNumber(workspaceId, number));
    const { doors, out } = openDoors();
    const slow: OutboxDoors = {
      ...doors,
      routing: {
        async put(snapshot) {
          // While this one is on its way somebody changes the settings, and another drain has published them.
          if (snapshot.version === 1) await unitOfWork((tx) => tx.numbers.change(number, 1, { language: "es" }));
          await doors.routing.put(snapshot);
        },
      },
    };
    await drainOutbox(record.context(soon()), slow);
    expect(out.routing.map(({ version, language }) => [version, language])).toEqual([
      [1, "en-US"],
      [2, "es"],
    ]);
    expect(await unitOfWork((tx) => tx.numbers.find(number))).toMatchObject({ version: 2, publishedVersion: 2 });
  });

  test("keeps what a shut door holds back, and lets the rest out", async () => {
    const number = await aNumberOfOurs();
    await record.context().unitOfWork(async (tx) => {
      await tx.outbox.tellCall(workspaceId, newId("call"));
      await tx.outbox.publishNumber(workspaceId, number);
    });
    const { doors, out, shut } = openDoors({ live: true });
    const clock = soon();
    await drainOutbox(record.context(clock), doors);
    expect(out.routing).toHaveLength(1);
    expect(await left()).toMatchObject([
      { kind: "live", attempts: 1, last_error: "The door is shut" },
      { kind: "live", attempts: 1 }, // The news of the number that was published.
    ]);
    shut.live = false;
    clock.forward(60_000);
    await drainOutbox(record.context(clock), doors);
    expect(await left()).toEqual([]);
  });

  test("keeps the order of a call's news: what comes after one that is held back waits for it, other calls do not", async () => {
    const [call, other] = [newId("call"), newId("call")];
    const tell = (...news: [CallId, "call" | "recording" | "transcript"][]) =>
      record.context().unitOfWork(async (tx) => {
        for (const [callId, entity] of news) await tx.outbox.tellCall(workspaceId, callId, entity);
      });
    await tell([call, "call"], [call, "recording"]);
    const { doors, out, shut } = openDoors({ live: true });
    const clock = soon();
    await drainOutbox(record.context(clock), doors);
    shut.live = false;
    await tell([call, "transcript"], [other, "call"]);
    await drainOutbox(record.context(clock), doors);
    expect(out.news).toEqual([{ entity: "call", callId: other }]);
    clock.forward(60_000);
    await drainOutbox(record.context(clock), doors);
    expect(out.news.slice(1)).toEqual(["call", "recording", "transcript"].map((entity) => ({ entity, callId: call })));
    expect(await left()).toEqual([]);
  });

  test("keeps that order when another drain has the older news in hand, which lets out the younger after it", async () => {
    const call = newId("call");
    const tell = (entity: "call" | "recording") =>
      record.context().unitOfWork((tx) => tx.outbox.tellCall(workspaceId, call, entity));
    await tell("call");
    const { doors, out } = openDoors();
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let isTaken = false;
    const slow: OutboxDoors = {
      ...doors,
      live: {
        ...doors.live,
        async publish(of, news) {
          isTaken = true;
          await held;
          await doors.live.publish(of, news);
        },
      },
    };
    const clock = soon();
    const first = drainOutbox(record.context(clock), slow);
    await expect.poll(() => isTaken).toBe(true);
    await tell("recording");
    expect(await drainOutbox(record.context(clock), doors)).toBe(0);
    letGo();
    expect(await first).toBe(2);
    expect(out.news.map(({ entity }) => entity)).toEqual(["call", "recording"]);
  });

  test("keeps that order against a claim that is not committed yet", async () => {
    const [call, other] = [newId("call"), newId("call")];
    const { unitOfWork } = record.context();
    const now = soon().now();
    const claim = (tx: Repositories, limit = 100) =>
      tx.outbox.claim({ now, hiddenUntil: new Date(now.getTime() + 10_000), limit });
    await unitOfWork((tx) => tx.outbox.tellCall(workspaceId, call));
    await unitOfWork((tx) => tx.outbox.tellCall(workspaceId, call, "recording"));
    await unitOfWork(async (first) => {
      expect(await claim(first, 1)).toHaveLength(1);
      await unitOfWork((tx) => tx.outbox.tellCall(workspaceId, call, "transcript"));
      await unitOfWork((tx) => tx.outbox.tellCall(workspaceId, other));
      const second = await unitOfWork(claim);
      expect(second.map(({ effect }) => effect)).toEqual([{ kind: "live", news: { entity: "call", callId: other } }]);
    });
    expect(await unitOfWork(claim)).toEqual([]);
  });

  test("takes the oldest news of a call first, also where its time came after that of the younger", async () => {
    const call = newId("call");
    const { unitOfWork } = record.context();
    for (const entity of ["call", "recording", "transcript"] as const) {
      await unitOfWork((tx) => tx.outbox.tellCall(workspaceId, call, entity));
    }
    await record.rows(
      "update outbox set next_attempt_at = next_attempt_at + interval '500 ms' where payload->>'entity' = 'call'",
    );
    const now = soon().now();
    const claim = () => unitOfWork((tx) => tx.outbox.claim({ now, hiddenUntil: now, limit: 2 }));
    const entities = (rows: readonly OutboxRow[]) =>
      rows.map(({ effect }) => (effect?.kind === "live" ? effect.news.entity : null));
    expect(entities(await claim())).toEqual(["call", "recording"]);
  });

  test("is not stopped by a row that nobody can read", async () => {
    await record.rows(
      "insert into outbox (id, workspace_id, kind, payload) select gen_random_uuid(), id, 'live', '{\"entity\":\"nonsense\"}' from workspaces limit 1",
    );
    await record.context().unitOfWork((tx) => tx.outbox.tellCall(workspaceId, newId("call")));
    const { doors, out } = openDoors();
    await drainOutbox(record.context(soon()), doors);
    expect(out.news).toHaveLength(1);
    expect(await left()).toMatchObject([{ attempts: 1, last_error: expect.stringContaining("cannot be read") }]);
  });

  test("is not stopped by a send that never ends", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    await record.context().unitOfWork((tx) => tx.outbox.tellCall(workspaceId, newId("call")));
    const { doors, out } = openDoors();
    let isTaken = false;
    const publish = () => {
      isTaken = true;
      return new Promise<never>(() => {});
    };
    const clock = soon();
    const drained = drainOutbox(record.context(clock), { ...doors, live: { ...doors.live, publish } });
    await expect.poll(() => isTaken).toBe(true);
    const payload = { workspaceId };
    await record
      .context()
      .unitOfWork((tx) => tx.jobs.add({ workspaceId, kind: "numbers.sync", key: newId("job"), payload }));
    clock.forward(5_000);
    await vi.advanceTimersByTimeAsync(8_000);
    expect(await drained).toBe(1);
    expect(out.jobs).toHaveLength(1);
    expect(await left()).toMatchObject([{ kind: "live", attempts: 1, last_error: expect.stringContaining("8 s") }]);
  });

  test("sends each row once when many drain at once", async () => {
    await record.context().unitOfWork(async (tx) => {
      for (let i = 0; i < 250; i++) await tx.outbox.tellCall(workspaceId, newId("call"));
    });
    const { doors, out } = openDoors();
    const clock = soon();
    await Promise.all([1, 2, 3].map(() => drainOutbox(record.context(clock), doors)));
    expect(out.news).toHaveLength(250);
    expect(new Set(out.news.map(({ callId }) => callId)).size).toBe(250);
    expect(await left()).toEqual([]);
  });

  test("takes up again what a drain left when it died", async () => {
    await record.context().unitOfWork((tx) => tx.outbox.tellCall(workspaceId, newId("call")));
    const clock = soon();
    const dead: OutboxDoors = {
      ...openDoors().doors,
      live: { ...openDoors().doors.live, publish: () => new Promise(() => {}) },
    };
    drainOutbox(record.context(clock), dead).catch(() => {});
    const { doors, out } = openDoors();
    await expect.poll(left).toMatchObject([{ attempts: 1 }]);
    await drainOutbox(record.context(clock), doors);
    expect(out.news).toEqual([]);
    clock.forward(10_000);
    await drainOutbox(record.context(clock), doors);
    expect(out.news).toHaveLength(1);
  });

  test("closes the sockets of a session that has ended and of a key that was revoked, as long as it takes", async () => {
    const clock = soon();
    const user = { id: newId("user"), email: `${crypto.randomUUID()}@test.example`, name: null, emailVerifiedAt: null };
    const ctx = record.context(clock);
    const system = { ...ctx, actor: { kind: "system", reason: "test" } } as const;
    await ctx.unitOfWork(async (tx) => {
      await tx.users.add(user);
      await tx.workspaces.addMember({ workspaceId, userId: user.id, role: "agent" });
      await tx.sessions.add({
        tokenSha256: "a".repeat(64),
        userId: user.id,
        expiresAt: new Date("2027-01-01"),
        method: "email",
        userAgent: null,
        ipAddress: null,
      });
    });
    const closed = await endSession(system, "a".repeat(64));
    expect(closed).toEqual([{ workspaceId, sessionId: expect.stringMatching(/^ses_/) }]);
    // Nobody has a session of that token any more, and nothing is to be closed twice.
    expect(await endSession(system, "a".repeat(64))).toEqual([]);

    const { doors, out, shut } = openDoors({ live: true });
    await drainOutbox(ctx, doors);
    expect(await left()).toMatchObject([{ kind: "session_closed", last_error: "The door is shut" }]);
    shut.live = false;
    clock.forward(60_000);
    await drainOutbox(ctx, doors);
    expect(out.closed).toEqual([`${workspaceId} ${closed[0]?.sessionId}`]);
    expect(await left()).toEqual([]);
  });

  test("has the sockets of a session come back whose owner may something else", async () => {
    const ctx = record.context(soon());
    const sessionId = newId("session");
    await ctx.unitOfWork((tx) => tx.outbox.renewSession(workspaceId, sessionId));
    const { doors, out } = openDoors();
    await drainOutbox(ctx, doors);
    expect([out.renewed, out.closed]).toEqual([[`${workspaceId} ${sessionId}`], []]);
    expect(await left()).toEqual([]);
  });
});
