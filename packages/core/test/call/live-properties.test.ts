import type { SteerCall } from "@earwitness/shared";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type CallEvent,
  CallFact,
  callOf,
  type Decision,
  liveStateOf,
  MachineState,
  replayCall,
  type TelephonyOutcome,
  wishedStream,
} from "../../src/index.ts";
import { answered, captioned, hangup, initiated, LEG, notice, Rig, saved, speakEnded } from "./rig.ts";

const TO = "+15551230009";
const THEIRS = { controlId: "b", legId: "b", sessionId: "session" };

const carrierSays: CallEvent[] = [
  answered(),
  speakEnded(),
  notice("recording_error", 31_000, { reason: "Internal server error" }),
  notice("stream_started", 4000, { url: null }),
  notice("stream_stopped", 5000, { url: null }),
  notice("stream_failed", 5000, { reason: "connection_failed", url: null }),
  notice("initiated", 6000, { direction: "outbound", from: "+15551230002", to: TO }, THEIRS),
  notice("answered", 7000, { parties: null }, THEIRS),
  notice("bridged", 7010, {}, THEIRS),
  notice("bridged", 7010, {}, LEG),
  notice("hangup", 9000, { carrierCause: "user_busy", source: "callee", sipCode: "486", parties: null }, THEIRS),
  notice("play_ended", 9500, { completed: false, sound: "hold", failure: "failed" }),
  notice("play_ended", 9500, { completed: false, sound: null, failure: null }),
  notice("dtmf_received", 9600, { digit: "1" }),
];

const outcomes: TelephonyOutcome[] = [
  { kind: "accepted", conferenceId: "conference" },
  { kind: "accepted", conferenceId: "conference" },
  { kind: "accepted" },
  { kind: "accepted" },
  { kind: "refused", code: "90046", message: "Media Streaming failed to start." },
  { kind: "failed", code: "timeout", message: "No answer.", retryAfterMs: null },
  { kind: "call_gone" },
];

const wishes: SteerCall[] = [
  { action: "hold" },
  { action: "resume" },
  { action: "pause_recording" },
  { action: "resume_recording" },
  { action: "send_dtmf", digits: "*77#" },
  { action: "play_sound", sound: "chime" },
  { action: "transfer", to: TO },
  { action: "mute" },
  { action: "unmute" },
];

type Step =
  | { do: "hear"; event: CallEvent }
  | { do: "media"; type: "media_opened" | "media_lost"; back: number }
  | { do: "steer"; wish: SteerCall; by: string; key: string }
  | { do: "settle"; outcome: TelephonyOutcome }
  | { do: "wait"; ms: number }
  | { do: "deadline" };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 40, arbitrary: fc.constantFrom(...carrierSays).map((event): Step => ({ do: "hear", event })) },
  { weight: 3, arbitrary: fc.constantFrom(hangup(), saved()).map((event): Step => ({ do: "hear", event })) },
  {
    weight: 40,
    arbitrary: fc.record({
      do: fc.constant("media" as const),
      type: fc.constantFrom("media_opened" as const, "media_lost" as const),
      back: fc.nat(2),
    }),
  },
  {
    weight: 80,
    arbitrary: fc.record({
      do: fc.constant("steer" as const),
      wish: fc.constantFrom(...wishes),
      by: fc.constantFrom("usr_ann", "usr_ben"),
      key: fc.nat(40).map((n) => `key-${n}`),
    }),
  },
  { weight: 60, arbitrary: fc.constantFrom(...outcomes).map((outcome): Step => ({ do: "settle", outcome })) },
  { weight: 20, arbitrary: fc.integer({ min: 1, max: 20_000 }).map((ms): Step => ({ do: "wait", ms })) },
  { weight: 30, arbitrary: fc.constant<Step>({ do: "deadline" }) },
  { weight: 2, arbitrary: fc.constant<Step>({ do: "hear", event: { type: "hang_up", by: "usr_ann" } }) },
);

/** Most runs begin where both sides talk: before that nothing is streamed or steered. */
const steps = fc.tuple(fc.boolean(), fc.array(step, { maxLength: 60 }));

interface Seen {
  readonly before: MachineState;
  readonly decision: Decision;
  readonly taken: Step;
}

/** A run of the machine that keeps what was seen at each step. */
class Watched extends Rig {
  readonly seen: Seen[] = [];
  taking: Step = { do: "deadline" };

  override apply(event: CallEvent): Decision {
    const before = this.state;
    const decision = super.apply(event);
    this.seen.push({ before, decision, taken: this.taking });
    return decision;
  }

  take(taken: Step): void {
    this.taking = taken;
    switch (taken.do) {
      case "hear":
        this.apply(taken.event);
        return;
      case "media": {
        const keys = this.commands.filter(({ kind }) => kind === "stream_start").map(({ key }) => key);
        const key = keys.at(-1 - taken.back) ?? "none";
        this.apply(
          taken.type === "media_opened" ? { type: "media_opened", key } : { type: "media_lost", key, reason: "drop" },
        );
        return;
      }
      case "steer":
        this.steer(taken.wish, { by: taken.by, key: taken.key });
        return;
      case "settle":
        this.settle(taken.outcome, captioned);
        return;
      case "wait":
        this.nowMs += taken.ms;
        return;
      case "deadline":
        this.passDeadline();
    }
  }
}

/** Takes the steps, then the call is hung up, and time passes with the carrier silent until nothing is awaited. */
function run([isTalking, taken]: readonly [boolean, readonly Step[]]): Watched {
  const rig = new Watched();
  rig.apply(initiated());
  if (isTalking) {
    rig.settleAll(undefined, captioned);
    rig.apply(answered());
    rig.settleAll();
    rig.apply(speakEnded());
    rig.settleAll();
  }
  for (const each of taken) rig.take(each);
  rig.take({ do: "deadline" });
  rig.apply({ type: "hang_up", by: "usr_zoe" });
  for (let rounds = 0; rounds < 30 && !rig.isSettled; rounds += 1) {
    rig.settleAll(undefined, captioned);
    rig.passDeadline();
  }
  rig.settleAll();
  return rig;
}

const always = (law: (rig: Watched) => void) =>
  fc.assert(
    fc.property(steps, (taken) => law(run(taken))),
    { numRuns: 1500 },
  );

const phaseOf = (state: MachineState) => wishedStream(state)?.phase ?? null;

describe("a call that is streamed and steered, with everything repeated, reordered, dropped and late", () => {
  test("comes to its end", () =>
    always((rig) => {
      expect(rig.isSettled).toBe(true);
      expect(rig.state.phase).toBe("ended");
    }));

  test("never has two streams: one is asked for when there is none, or when the last one is lost", () =>
    always((rig) => {
      for (const { before, decision } of rig.seen) {
        const asked = decision.commands.filter(({ kind }) => kind === "stream_start");
        expect(asked.length).toBeLessThanOrEqual(1);
        if (asked.length === 1) expect(["lost", null]).toContain(phaseOf(before));
        if (phaseOf(before) !== null && decision.state.phase === "talking") {
          expect(phaseOf(decision.state)).not.toBeNull();
        }
      }
    }));

  test("asks nothing of the carrier after the line is over but that a phone stops ringing", () =>
    always((rig) => {
      for (const { before, decision } of rig.seen) {
        const call = callOf(before);
        const isOver = before.phase === "ended" || (call !== null && (call.goneAt !== null || call.ending !== null));
        if (!isOver || before.phase === "routing") continue;
        // A hang-up that was refused leaves the call as it was.
        const goesOn = callOf(decision.state)?.ending === null && decision.state.phase !== "ended";
        if (!goesOn) expect(decision.commands.every(({ kind }) => kind === "hangup")).toBe(true);
      }
    }));

  test("gives each command once, and of a kind the next one only after the last word on the one before", () =>
    always((rig) => {
      const keys = rig.commands.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      const kinds = {
        sound: ["play_start", "play_stop"],
        recording: ["record_pause", "record_resume"],
        digits: ["send_dtmf"],
      };
      for (const line of Object.values(kinds)) {
        const open = new Set<string>();
        rig.seen.forEach(({ decision }, index) => {
          const event = rig.log[index]?.event;
          if (event?.type === "command_done") open.delete(event.key);
          for (const { key, kind } of decision.commands) if (line.includes(kind)) open.add(key);
          if (decision.state.phase !== "ended") expect(open.size).toBeLessThanOrEqual(1);
        });
      }
    }));

  test("answers the same wish under the same key the same, and makes nothing of it twice", () =>
    always((rig) => {
      const first = new Map<string, string>();
      for (const { before, decision, taken } of rig.seen) {
        if (taken.do !== "steer") continue;
        const name = `${taken.by} ${taken.key}`;
        const known = first.get(name);
        if (known === undefined) {
          first.set(name, JSON.stringify(taken.wish));
          continue;
        }
        expect(decision.state).toEqual(before);
        expect(decision.commands).toEqual([]);
        expect(decision.facts).toEqual([]);
      }
    }));

  test("makes nothing of what somebody else wished before, or of what cannot be", () =>
    always((rig) => {
      for (const { before, decision, taken } of rig.seen) {
        if (taken.do !== "steer") continue;
        const isBegun = decision.isApplied;
        if (!isBegun) {
          expect(liveStateOf(decision.state)).toEqual(liveStateOf(before));
          expect(decision.commands).toEqual([]);
          expect(decision.facts).toEqual([]);
        }
      }
    }));

  test("tells pauses one after the other, and none that does not end", () =>
    always((rig) => {
      const told = rig.factTypes().filter((type) => type === "recording.paused" || type === "recording.resumed");
      const inTurn = told.map((_, index) => (index % 2 === 0 ? "recording.paused" : "recording.resumed"));
      expect(told).toEqual(inTurn);
      expect(told.length % 2).toBe(0);
    }));

  test("tells of each transfer that was begun how it ended", () =>
    always((rig) => {
      const begun = rig.seen.filter(
        ({ taken, decision }) => taken.do === "steer" && taken.wish.action === "transfer" && decision.isApplied,
      );
      expect(rig.facts.filter(({ type }) => type === "transfer.ended")).toHaveLength(begun.length);
    }));

  // No number, length or instant reads like these digits.
  test("never keeps a digit longer than it takes to send it, and never tells one", () =>
    always((rig) => {
      expect(JSON.stringify(rig.facts)).not.toContain("*77#");
      expect(JSON.stringify(rig.state)).not.toContain("*77#");
    }));

  test("has deadlines that each change something, so that no alarm goes off for ever", () =>
    always((rig) => {
      rig.seen.forEach(({ decision }, index) => {
        if (rig.log[index]?.event.type === "deadline_passed") expect(decision.isApplied).toBe(true);
      });
    }));

  test("comes to the same state when its log is replayed, also after it was written and read", () =>
    always((rig) => {
      expect(replayCall(rig.log)).toEqual({ state: rig.state, open: [] });
      expect(MachineState.parse(JSON.parse(JSON.stringify(rig.state)))).toEqual(rig.state);
      for (const fact of rig.facts) expect(CallFact.parse(fact)).toEqual(fact);
    }));
});
