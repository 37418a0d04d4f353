import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  announcementsOf,
  commandsTo,
  doorOf,
  factsOf,
  factTypes,
  kindsTo,
  newCall,
  publishRouting,
  replayed,
  reset,
  script,
  stubOf,
  talk,
  until,
} from "./call.ts";

const CARRIER_DOWN = { status: 503, body: { errors: [{ code: "10007", title: "unavailable" }] } };

describe("a reset", () => {
  test("while a command is on its way sends it again by alarm, under the same id", async () => {
    const call = newCall();
    await publishRouting(call.to);
    await script(call.controlId, [{ status: 200, delayMs: 3000 }]);
    await doorOf(call.room).deliver(call.initiated());
    await until(
      () => kindsTo(call.controlId),
      (kinds) => kinds.length === 1,
    );
    await reset(call.room);
    expect(await runDurableObjectAlarm(stubOf(call.room))).toBe(true);
    const sent = await until(
      () => commandsTo(call.controlId),
      (commands) => commands.length === 2,
    );
    expect(new Set(sent.map((command) => command.body.command_id)).size).toBe(1);
    await doorOf(call.room).deliver(call.answered());
    await until(
      () => kindsTo(call.controlId),
      (kinds) => kinds.includes("speak"),
    );
  });

  test("after each notice of a call loses nothing of it and repeats nothing", async () => {
    const call = newCall();
    await publishRouting(call.to);
    for (const notice of [call.initiated(), call.answered(), call.speakEnded(), call.hangup(), call.saved()]) {
      await doorOf(call.room).deliver(notice);
      await reset(call.room);
      await runDurableObjectAlarm(stubOf(call.room));
      await until(
        () => replayed(call.room),
        ({ open }) => open.length === 0,
      );
    }
    const commands = (await commandsTo(call.controlId)).map((command) => String(command.body.command_id));
    expect([...new Set(commands)].map((key) => key.split(".")[1])).toEqual(["answer", "speak", "record_start"]);
    const types = await factTypes(call.room);
    for (const once of [
      "call.started",
      "call.routed",
      "call.answered",
      "recording.started",
      "call.ended",
      "recording.saved",
    ]) {
      expect(types.filter((type) => type === once)).toHaveLength(1);
    }
  });
});

test("an entry that a later version wrote does not close the room", async () => {
  const call = newCall();
  await talk(call);
  await runInDurableObject(stubOf(call.room), (_instance, { storage }) => {
    const { n } = storage.sql.exec<{ n: number }>("SELECT MAX(n) AS n FROM journal").one();
    storage.sql.exec(
      "INSERT INTO journal (n, at, seed, event, facts, last_fact) SELECT n + 1, at, seed, ?, '[]', last_fact FROM journal WHERE n = ?",
      JSON.stringify({ type: "of_tomorrow" }),
      n,
    );
  });
  await reset(call.room);
  expect(await doorOf(call.room).deliver(call.hangup())).toEqual({ kept: true });
  expect(await factTypes(call.room)).toContain("call.ended");
});

describe("a carrier that fails", () => {
  test("gets the command again, with the same id, until it takes it", async () => {
    const call = newCall();
    await publishRouting(call.to);
    await script(call.controlId, [CARRIER_DOWN, CARRIER_DOWN]);
    await doorOf(call.room).deliver(call.initiated());
    const sent = await until(
      () => commandsTo(call.controlId),
      (commands) => commands.length === 3,
      8000,
    );
    expect(new Set(sent.map((command) => command.body.command_id)).size).toBe(1);
    expect(await factTypes(call.room)).not.toContain("command.failed");
  });

  test("is not asked again before the time that it asked for", async () => {
    const call = newCall();
    await publishRouting(call.to);
    await script(call.controlId, [{ ...CARRIER_DOWN, headers: { "retry-after": "1" } }]);
    const startMs = Date.now();
    await doorOf(call.room).deliver(call.initiated());
    await until(
      () => kindsTo(call.controlId),
      (kinds) => kinds.length === 2,
    );
    expect(Date.now() - startMs).toBeGreaterThanOrEqual(1000);
  });

  test("for longer than it knows a repetition does not get the command again, and the call goes on", async () => {
    const call = newCall();
    await talkUntilSpeak(call, [{ ...CARRIER_DOWN, headers: { "retry-after": "45" } }]);
    await travel(51_000);
    await runDurableObjectAlarm(stubOf(call.room));
    await until(
      () => kindsTo(call.controlId),
      (kinds) => kinds.includes("record_start"),
    );
    expect(await kindsTo(call.controlId)).toEqual(["answer", "speak", "record_start"]);
  });

  test("and asks for more patience than that is told as a command that failed", async () => {
    const call = newCall();
    await talkUntilSpeak(call, [{ ...CARRIER_DOWN, headers: { "retry-after": "55" } }]);
    const facts = await until(
      () => factsOf(call.room),
      (all) => all.some((fact) => fact.type === "command.failed"),
    );
    expect(facts.find((fact) => fact.type === "command.failed")).toMatchObject({ command: "speak", code: "10007" });
    expect(await kindsTo(call.controlId)).toEqual(["answer", "speak", "record_start"]);
  });
});

/** Brings a call to where the announcement is asked for, with the carrier's answers to that and what follows. */
async function talkUntilSpeak(call: ReturnType<typeof newCall>, answers: Parameters<typeof script>[1]): Promise<void> {
  await publishRouting(call.to);
  await doorOf(call.room).deliver(call.initiated());
  await until(
    () => kindsTo(call.controlId),
    (kinds) => kinds.includes("answer"),
  );
  await script(call.controlId, answers);
  await doorOf(call.room).deliver(call.answered());
  await until(
    () => kindsTo(call.controlId),
    (kinds) => kinds.includes("speak"),
  );
  await settleNow();
}

/** Lets what is under way write its outcome. */
async function settleNow(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 100));
}

/** The rooms run in this isolate: its clock is theirs. */
async function travel(ms: number): Promise<void> {
  vi.useFakeTimers({ now: Date.now() + ms, toFake: ["Date"] });
}
afterEach(() => {
  vi.useRealTimers();
});

describe("facts", () => {
  test("are announced at once, and again until they are confirmed", async () => {
    const call = newCall();
    await talk(call);
    const { length } = await factsOf(call.room);
    await until(
      () => announcementsOf(call.room),
      (announced) => announced.at(-1) === length,
    );
    const before = (await announcementsOf(call.room)).length;
    await travel(10_000);
    await runDurableObjectAlarm(stubOf(call.room));
    await until(
      () => announcementsOf(call.room),
      (announced) => announced.length === before + 1,
    );
    await doorOf(call.room).confirm(length);
    await travel(20_000);
    await runDurableObjectAlarm(stubOf(call.room));
    await settleNow();
    expect(await announcementsOf(call.room)).toHaveLength(before + 1);
  });

  test("are announced again by the alarm of a room that forgot having done so", async () => {
    const call = newCall();
    await doorOf(call.room).deliver(call.notice("call.bridged", 1));
    await until(
      () => announcementsOf(call.room),
      (announced) => announced.length === 1,
    );
    await reset(call.room);
    await runDurableObjectAlarm(stubOf(call.room));
    expect(
      await until(
        () => announcementsOf(call.room),
        (announced) => announced.length === 2,
      ),
    ).toEqual([1, 1]);
  });

  test("that are confirmed in part are announced on", async () => {
    const call = newCall();
    await doorOf(call.room).deliver(call.notice("call.bridged", 1));
    await doorOf(call.room).deliver(call.notice("call.bridged", 2));
    await doorOf(call.room).confirm(1);
    await doorOf(call.room).confirm(0);
    await travel(5000);
    await runDurableObjectAlarm(stubOf(call.room));
    await until(
      () => announcementsOf(call.room),
      (announced) => announced.at(-1) === 2,
    );
  });
});

describe("time that passes", () => {
  test("takes an answer as given whose notice is lost", async () => {
    const call = newCall();
    await publishRouting(call.to);
    await doorOf(call.room).deliver(call.initiated());
    await until(
      () => kindsTo(call.controlId),
      (kinds) => kinds.includes("answer"),
    );
    await settleNow();
    await travel(31_000);
    await runDurableObjectAlarm(stubOf(call.room));
    expect(await factTypes(call.room)).toContain("call.answered");
    await until(
      () => kindsTo(call.controlId),
      (kinds) => kinds.includes("speak"),
    );
  });

  test("empties a room whose call is over and in the record, and not before", async () => {
    const call = newCall();
    await talk(call);
    const hangup = call.hangup();
    await doorOf(call.room).deliver(hangup);
    const rows = () =>
      runInDurableObject(
        stubOf(call.room),
        (_room, { storage }) => storage.sql.exec("SELECT n FROM journal").toArray().length,
      );
    const alarmAfter = async (hours: number) => {
      await travel(hours * 3_600_000);
      await runDurableObjectAlarm(stubOf(call.room));
    };
    const { length } = await factsOf(call.room);
    await doorOf(call.room).confirm(length);
    await alarmAfter(25);
    expect(await rows(), "its recording is not told").toBeGreaterThan(0);

    await doorOf(call.room).deliver(call.saved());
    await alarmAfter(26);
    expect(await rows(), "its facts are not confirmed").toBeGreaterThan(0);

    const unread = call.notice("call.bridged", 35_000);
    await doorOf(call.room).deliver({ ...unread, body: "{}" });
    const all = (await factsOf(call.room)).length;
    await doorOf(call.room).confirm(all);
    await alarmAfter(1);
    expect(await rows(), "it is quiet for an hour only").toBeGreaterThan(0);
    await alarmAfter(25);
    expect(await rows()).toBe(0);
    expect(await doorOf(call.room).factsAfter(all)).toMatchObject({
      callId: expect.stringMatching(/^call_/),
      facts: [],
    });

    await reset(call.room);
    expect(await doorOf(call.room).deliver(hangup), "it knows the notice again").toEqual({ kept: false });
    expect(await doorOf(call.room).deliver(unread), "it can read it now").toEqual({ kept: true });
    await doorOf(call.room).deliver(call.notice("call.cost", 40_000));
    const { facts } = await doorOf(call.room).factsAfter(all);
    expect(facts.map((numbered) => [numbered.n, numbered.fact.type])).toEqual([
      [all + 1, "notice.repeated"],
      [all + 2, "notice.kept"],
      [all + 3, "notice.kept"],
    ]);
  });
});
