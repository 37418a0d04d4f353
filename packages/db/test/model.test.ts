import type { JobId } from "@earwitness/shared";
import fc from "fast-check";
import { expect, test } from "vitest";
import { audit } from "./model/books.ts";
import type { Death } from "./model/death.ts";
import type { VendorMood } from "./model/vendors.ts";
import { World } from "./model/world.ts";
import { movableClock } from "./support/use-database.ts";
import { useTimedDatabase } from "./support/use-timed-database.ts";

const clock = movableClock();
const database = useTimedDatabase(clock);

/** One thing that happens. `which` picks among what there is then. */
type Step =
  | { do: "ring" | "whole_call" | "sweep" | "reconcile" | "run_again" | "shut" | "open" }
  | { do: "release"; fails: boolean }
  | { do: "settle" | "hang_up" | "hang_up_by_hand" | "report"; which: number }
  | MessageStep
  | { do: "ask" | "cancel"; name: string }
  | { do: "receive_again"; which: number; death: Death; mood: VendorMood }
  | { do: "drain"; death: Death }
  | { do: "wait"; ms: number };

type MessageStep =
  | { do: "drop" | "repeat" | "twice"; which: number }
  | { do: "receive"; which: number; death: Death; mood: VendorMood };

const which = fc.nat({ max: 50 });
const death: fc.Arbitrary<Death> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.record({ at: fc.nat({ max: 4 }), isCommitted: fc.boolean() }) },
);
const mood = fc.constantFrom<VendorMood>("answers", "answers", "answers", "fails", "stalls", "refuses");
const name = fc.constantFrom("a", "b", "c");
const of = <T extends Step>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
const step: fc.Arbitrary<Step> = fc.oneof(
  of(2, fc.constantFrom<Step>({ do: "ring" }, { do: "whole_call" })),
  of(6, fc.record({ do: fc.constant("settle" as const), which })),
  of(2, fc.record({ do: fc.constantFrom("hang_up" as const, "hang_up_by_hand" as const), which })),
  of(1, fc.record({ do: fc.constant("report" as const), which })),
  of(14, fc.record({ do: fc.constant("receive" as const), which, death, mood })),
  of(12, fc.record({ do: fc.constant("receive_again" as const), which, death, mood })),
  of(2, fc.record({ do: fc.constantFrom("drop" as const, "repeat" as const, "twice" as const), which })),
  of(5, fc.record({ do: fc.constantFrom("ask" as const, "ask" as const, "cancel" as const), name })),
  of(5, fc.record({ do: fc.constant("drain" as const), death })),
  of(4, fc.constantFrom<Step>({ do: "sweep" }, { do: "sweep" }, { do: "reconcile" }, { do: "run_again" })),
  of(3, fc.record({ do: fc.constant("release" as const), fails: fc.boolean() })),
  of(1, fc.constantFrom<Step>({ do: "shut" }, { do: "open" })),
  of(3, fc.record({ do: fc.constant("wait" as const), ms: fc.constantFrom(1_000, 10_000, 31_000, 150_000) })),
);

function picked<T>(items: readonly T[], at: number): T | undefined {
  return items[at % Math.max(1, items.length)];
}

async function take(world: World, taken: Step): Promise<void> {
  switch (taken.do) {
    case "ring":
      return world.ring();
    case "whole_call":
      return world.wholeCall();
    case "sweep":
      return world.sweep();
    case "reconcile":
      return world.reconcile();
    case "run_again":
      return world.runAgain();
    case "release":
      await world.release(taken.fails);
      return;
    case "shut":
    case "open":
      world.isQueueShut = taken.do === "shut";
      return;
    case "ask":
      return world.ask(taken.name);
    case "cancel":
      return world.cancel(taken.name);
    case "receive_again":
      return world.receiveAgain(taken.which, taken.death, taken.mood);
    case "drain":
      return world.drain(taken.death);
    case "wait":
      return world.forward(taken.ms);
    case "report": {
      const submission = picked(world.vendors.submissions, taken.which);
      if (submission !== undefined) world.reportTranscription(submission);
      return;
    }
    case "settle":
    case "hang_up":
    case "hang_up_by_hand": {
      const room = picked(world.rooms, taken.which);
      if (room === undefined) return;
      if (taken.do === "settle") return world.settleCommand(room);
      return taken.do === "hang_up" ? world.callerHangsUp(room) : world.personHangsUp(room);
    }
    case "receive":
    case "drop":
    case "repeat":
    case "twice":
      return onMessage(world, taken);
  }
}

async function onMessage(world: World, taken: MessageStep) {
  const message = picked(world.messages, taken.which);
  if (message === undefined) return;
  if (taken.do === "repeat") world.messages.push(message);
  else world.messages.splice(world.messages.indexOf(message), 1);
  if (taken.do === "receive") await world.receive(message, taken.death, taken.mood);
  if (taken.do === "twice" && message.kind === "job") await world.receiveTwice(message.id satisfies JobId);
}

const MAX_ROUNDS = 60;
const ROUND_MS = 150_000;

/** Everything answers again and time passes, with what was on its way lost for good, until the books balance or never will. */
async function calm(world: World): Promise<string[]> {
  world.isQueueShut = false;
  while (await world.release(false));
  for (const room of world.rooms) world.callerHangsUp(room);
  world.messages.length = 0;
  await world.runAgain();
  let problems: string[] = [];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    for (const room of world.rooms) while (room.hasOpenCommands) world.settleCommand(room);
    world.forward(ROUND_MS);
    await world.reconcile();
    await world.drain(null);
    await world.sweep();
    for (const message of world.messages.splice(0)) await world.receive(message, null, "answers");
    problems = await audit(database, world);
    if (problems.length === 0) break;
  }
  return problems;
}

test("calls, jobs and the outbox come to the end that the reference says, whatever happens to whom in between", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 80, size: "max" }), async (steps) => {
      const world = await World.make(database, clock);
      await world.wholeCall();
      await world.ask("a");
      for (const taken of steps) {
        await take(world, taken);
        expect(world.broken).toEqual([]);
      }
      expect(await calm(world)).toEqual([]);
      expect(world.broken).toEqual([]);
    }),
    { numRuns: 20, endOnFailure: true },
  );
}, 300_000);
