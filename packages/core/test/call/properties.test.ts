import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CallEvent, CallFact, MachineState, replayCall, type TelephonyOutcome } from "../../src/index.ts";
import {
  answered,
  hangup,
  initiated,
  machine,
  notice,
  parties,
  placeCall,
  Rig,
  ringsOut,
  saved,
  speakEnded,
} from "./rig.ts";

/** Everything that a carrier may tell of one call; a run takes any of it, any number of times, in any order. */
const carrierSays: CallEvent[] = [
  answered(),
  speakEnded(),
  notice("speak_ended", 2900, { completed: false }),
  machine("machine"),
  machine("human"),
  hangup(),
  hangup(30_000, { carrierCause: "user_busy", sipCode: "486" }),
  saved(),
  saved(32_000, { carrierRecordingId: "recording-2", startedAt: null }),
  saved(33_000, { carrierRecordingId: null }),
  notice("recording_error", 31_000, { reason: "Internal server error" }),
  notice("other", 31_500, { name: "call.cost" }),
  notice(
    "initiated",
    4000,
    { direction: "outbound", ...parties },
    { controlId: "b", legId: "b", sessionId: "session" },
  ),
  notice(
    "hangup",
    6000,
    { carrierCause: "normal_clearing", source: "unknown", sipCode: null, parties: null },
    {
      controlId: "b",
      legId: "b",
      sessionId: "session",
    },
  ),
];
const personSays: CallEvent[] = [{ type: "hang_up", by: "usr_a" }];
const reconciliationSays: CallEvent[] = [
  { type: "observed", observation: { type: "leg_gone", carrierLegId: "leg-own", endedAt: null } },
  { type: "command_done", key: "nobody's", outcome: { kind: "accepted" } },
  { type: "deadline_passed", name: "talk_unending" },
];

const outcomes: TelephonyOutcome[] = [
  { kind: "accepted" },
  { kind: "accepted" },
  { kind: "accepted" },
  { kind: "call_gone" },
  { kind: "refused", code: "90015", message: "invalid" },
  { kind: "failed", code: "timeout", message: "No answer.", retryAfterMs: null },
];

type Step =
  | { do: "hear"; event: CallEvent }
  | { do: "settle"; outcome: TelephonyOutcome }
  | { do: "wait"; ms: number }
  | { do: "deadline" };

const step = (first: CallEvent): fc.Arbitrary<Step> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .constantFrom(first, ...carrierSays, ...personSays, ...reconciliationSays)
        .map((event): Step => ({ do: "hear", event })),
    },
    { weight: 4, arbitrary: fc.constantFrom(...outcomes).map((outcome): Step => ({ do: "settle", outcome })) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 90_000 }).map((ms): Step => ({ do: "wait", ms })) },
    { weight: 1, arbitrary: fc.constant<Step>({ do: "deadline" }) },
  );

const inbound = fc.array(step(initiated()), { maxLength: 40 });
const outbound = fc
  .tuple(fc.boolean(), fc.array(step(ringsOut()), { maxLength: 40 }))
  .map(([detectMachine, steps]): Step[] => [
    { do: "hear", event: { type: "place_call", command: placeCall({ detectMachine }) } },
    ...steps,
  ]);

function take(rig: Rig, taken: Step): void {
  switch (taken.do) {
    case "hear":
      rig.apply(taken.event);
      return;
    case "settle":
      rig.settle(taken.outcome);
      return;
    case "wait":
      rig.nowMs += taken.ms;
      return;
    case "deadline":
      rig.passDeadline();
  }
}

/** Runs the steps, then lets time pass with the carrier silent and every open command answered, until nothing is awaited. */
function run(steps: readonly Step[]): Rig {
  const rig = new Rig();
  for (const taken of steps) take(rig, taken);
  for (let rounds = 0; rounds < 30 && !rig.isSettled; rounds += 1) {
    rig.settleAll();
    rig.passDeadline();
  }
  rig.settleAll();
  return rig;
}

function count(items: readonly string[], item: string): number {
  return items.filter((each) => each === item).length;
}

describe.each([
  ["a call that comes in", inbound],
  ["a call that goes out", outbound],
])("%s, with notices repeated, reordered, dropped and late", (_name, steps) => {
  const always = (law: (rig: Rig) => void) =>
    fc.assert(
      fc.property(steps, (taken) => law(run(taken))),
      { numRuns: 2000 },
    );

  test("always comes to its end, with the end told", () =>
    always((rig) => {
      expect(rig.isSettled).toBe(true);
      if (!rig.factTypes().includes("call.started")) return;
      expect(rig.state.phase).toBe("ended");
      expect(rig.factTypes()).toContain("call.ended");
    }));

  test("gives each command at most once", () =>
    always((rig) => {
      const keys = rig.commands.map((command) => command.key);
      expect(new Set(keys).size).toBe(keys.length);
      for (const kind of ["find_routing", "dial", "answer", "speak", "record_start"]) {
        expect(count(rig.commandKinds(), kind)).toBeLessThanOrEqual(1);
      }
    }));

  test("tells each thing once, and its answer and its end again only to correct them", () =>
    always((rig) => {
      const types = rig.factTypes();
      const once = ["call.started", "call.routed", "call.announced", "machine.detected"];
      for (const type of [...once, "recording.started", "recording.not_made"]) {
        expect(count(types, type)).toBeLessThanOrEqual(1);
      }
      // The second time by its notice, the first by our clock: so never of a call that was dialed.
      const answers = rig.state.phase !== "awaited" && rig.state.call.direction === "inbound" ? 2 : 1;
      expect(count(types, "call.answered")).toBeLessThanOrEqual(answers);
      const ends = rig.facts.filter((fact) => fact.type === "call.ended").map((fact) => JSON.stringify(fact));
      expect(ends.length).toBeLessThanOrEqual(3);
      expect(types.indexOf("call.started")).toBeLessThanOrEqual(0);
    }));

  test("tells each recording once", () =>
    always((rig) => {
      const told = rig.facts.filter((fact) => fact.type === "recording.saved");
      const names = told.map((fact) => fact.carrierRecordingId);
      expect(new Set(names).size).toBe(names.length);
      expect(new Set(told.map((fact) => fact.recordingId)).size).toBe(told.length);
    }));

  test("says of every answered call whether it was recorded", () =>
    always((rig) => {
      const types = rig.factTypes();
      if (!types.includes("call.answered") || types.indexOf("call.answered") > types.indexOf("call.ended")) return;
      const accounts = ["recording.saved", "recording.not_made", "recording.failed"];
      expect(types.some((type) => accounts.includes(type))).toBe(true);
    }));

  test("commands nothing after the end but the end of a call that should not be", () =>
    always((rig) => {
      const replayed = new Rig();
      for (const logged of rig.log) {
        const wasEnded = replayed.state.phase === "ended";
        replayed.nowMs = Date.parse(logged.at);
        const { commands } = replayed.apply(logged.event);
        if (wasEnded) expect(commands.every((command) => command.kind === "hangup")).toBe(true);
      }
    }));

  test("comes to the same state when its log is replayed, also after the log was written and read", () =>
    always((rig) => {
      expect(replayCall(rig.log)).toEqual({ state: rig.state, open: [] });
      const stored: MachineState = MachineState.parse(JSON.parse(JSON.stringify(rig.state)));
      expect(stored).toEqual(rig.state);
    }));

  test("tells facts that the record can read", () =>
    always((rig) => {
      for (const fact of rig.facts) expect(CallFact.parse(fact)).toEqual(fact);
    }));
});

test("a replay knows which commands have not had their last word", () => {
  fc.assert(
    fc.property(inbound, (steps) => {
      const rig = new Rig();
      for (const taken of steps) take(rig, taken);
      expect(replayCall(rig.log).open.map(({ command }) => command)).toEqual(rig.open);
    }),
  );
});

test("the same notices in any order end in the same facts of the call", () => {
  const notices = [initiated(), answered(), speakEnded(), hangup(), saved()];
  fc.assert(
    fc.property(fc.shuffledSubarray(notices, { minLength: 5 }), (order) => {
      const rig = new Rig();
      for (const event of order) {
        rig.apply(event);
        rig.apply(event);
        rig.settleAll();
      }
      expect(rig.fact("call.ended")).toMatchObject({ cause: "completed", answeredMs: 29_000, endedBy: "caller" });
      expect(count(rig.factTypes(), "recording.saved")).toBe(1);
      expect(count(rig.factTypes(), "call.answered")).toBe(1);
    }),
  );
});
