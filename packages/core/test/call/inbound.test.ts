import { describe, expect, test } from "vitest";
import { UNROUTED_ANNOUNCEMENT } from "../../src/index.ts";
import {
  answered,
  hangup,
  initiated,
  instant,
  LEG,
  Rig,
  ringsOut,
  saved,
  snapshot,
  speakEnded,
  talking,
} from "./rig.ts";

describe("a call that comes in", () => {
  test("is looked up, answered, announced, recorded, and ends with its recording told", () => {
    const rig = talking();
    rig.apply(hangup());
    rig.apply(saved());
    expect(rig.commandKinds()).toEqual(["find_routing", "answer", "speak", "record_start"]);
    expect(rig.factTypes()).toEqual([
      "call.started",
      "leg.changed",
      "call.routed",
      "leg.changed",
      "call.answered",
      "call.announced",
      "recording.started",
      "leg.changed",
      "call.ended",
      "recording.saved",
    ]);
    expect(rig.fact("call.ended")).toMatchObject({ cause: "completed", endedBy: "caller", answeredMs: 29_000 });
    expect(rig.fact("recording.saved")).toMatchObject({ carrierRecordingId: "recording-1", callerChannel: 1 });
    expect(rig.isSettled).toBe(true);
  });

  test("names each command by the call, so that a command sent twice has one effect", () => {
    const rig = talking();
    expect(rig.commands.map((command) => command.key)).toEqual(
      ["find_routing", "answer", "speak", "record_start"].map((kind) => `${rig.callId}.${kind}`),
    );
  });

  test("finds its settings also when the carrier writes the number as a SIP address", () => {
    const rig = new Rig();
    rig.apply({
      type: "carrier",
      event: {
        type: "initiated",
        at: instant(0),
        leg: LEG,
        direction: "inbound",
        from: "+1",
        to: "sip:+15551230002@h",
      },
    });
    expect(rig.commands).toMatchObject([{ kind: "find_routing", e164: "+15551230002" }]);
  });

  test("without settings is answered, told that it is not recorded, and not recorded", () => {
    const rig = new Rig();
    rig.apply(initiated());
    rig.settle({ kind: "accepted" }, null);
    rig.settleAll();
    rig.apply(answered());
    rig.settleAll();
    rig.apply(speakEnded());
    expect(rig.commandKinds()).toEqual(["find_routing", "answer", "speak"]);
    expect(rig.commands.at(-1)).toMatchObject(UNROUTED_ANNOUNCEMENT);
    expect(rig.fact("call.routed")).toMatchObject({ snapshot: null });
    expect(rig.fact("recording.not_made")?.reason).toContain("no settings");
  });

  test("whose number has no announcement is recorded from the answer", () => {
    const rig = new Rig();
    rig.apply(initiated());
    rig.settle({ kind: "accepted" }, { ...snapshot, announcement: null });
    rig.settleAll();
    rig.apply(answered());
    expect(rig.commandKinds()).toEqual(["find_routing", "answer", "record_start"]);
  });

  test("whose number is not to be recorded says so", () => {
    const rig = new Rig();
    rig.apply(initiated());
    rig.settle({ kind: "accepted" }, { ...snapshot, recordInbound: false });
    rig.settleAll();
    rig.apply(answered());
    rig.settleAll();
    rig.apply(speakEnded());
    expect(rig.commandKinds()).not.toContain("record_start");
    expect(rig.fact("recording.not_made")?.reason).toContain("not to record");
  });

  test("that ends while the announcement is spoken tells why nothing was recorded", () => {
    const rig = new Rig();
    rig.apply(initiated());
    rig.settleAll();
    rig.apply(answered());
    rig.apply(hangup(2000));
    expect(rig.fact("recording.not_made")?.reason).toContain("before the recording began");
    expect(rig.fact("call.ended")).toMatchObject({ cause: "completed", answeredMs: 1000 });
  });

  test("that the caller gives up is cancelled, and nothing is said of a recording", () => {
    const rig = new Rig();
    rig.apply(initiated());
    rig.apply(hangup(800, { carrierCause: "originator_cancel", sipCode: "487" }));
    rig.settleAll();
    expect(rig.fact("call.ended")).toMatchObject({ cause: "cancelled", answeredMs: 0 });
    expect(rig.factTypes()).not.toContain("recording.not_made");
    expect(rig.commandKinds()).toEqual(["find_routing"]);
  });
});

describe("notices out of order", () => {
  test("a hang-up before its answer ends the call, and the answer puts the end right", () => {
    const rig = new Rig();
    rig.apply(initiated());
    rig.settleAll();
    rig.apply(hangup());
    expect(rig.fact("call.ended")).toMatchObject({ cause: "cancelled", answeredMs: 0 });
    rig.apply(answered());
    expect(rig.fact("call.ended")).toMatchObject({ cause: "completed", answeredMs: 29_000 });
    // Seconds that nobody knew of were not recorded, and none goes without its reason.
    expect(rig.fact("recording.not_made")).toMatchObject({ reason: expect.stringContaining("after its end") });
    expect(rig.commandKinds()).toEqual(["find_routing", "answer"]);
  });

  test("everything before the beginning is kept and applied when it comes", () => {
    const rig = new Rig();
    expect(rig.apply(hangup()).isApplied).toBe(false);
    rig.apply(saved());
    rig.apply(answered());
    rig.apply(initiated());
    expect(rig.state.phase).toBe("ended");
    expect(rig.factTypes()).toEqual(expect.arrayContaining(["call.answered", "call.ended", "recording.saved"]));
    expect(rig.fact("call.ended")).toMatchObject({ cause: "completed", answeredMs: 29_000 });
  });

  test("a call whose first notice never comes is told from the others", () => {
    const rig = new Rig();
    rig.apply(hangup());
    expect(rig.passDeadline()).toBe(true);
    expect(rig.fact("call.started")).toMatchObject({ from: "+15551230001", to: "+15551230002" });
    expect(rig.fact("call.ended")).toMatchObject({ carrierCause: "normal_clearing" });
  });

  test("a recording of a session without a call is no call", () => {
    const rig = new Rig();
    expect(rig.apply(saved())).toMatchObject({ isApplied: false, facts: [], commands: [] });
    expect(rig.passDeadline()).toBe(false);
    expect(rig.isSettled).toBe(true);
  });

  test("the recording told before the hang-up, and again in other words, is one recording", () => {
    const rig = talking();
    rig.apply(saved());
    rig.apply(hangup());
    rig.apply(saved(31_000, { carrierRecordingId: null, startedAt: "2026-11-21T09:00:03.100400Z" }));
    rig.apply({
      type: "observed",
      observation: {
        type: "recording_found",
        recording: {
          carrierRecordingId: "recording-1",
          carrierLegId: LEG.legId,
          channels: 2,
          durationMs: 26_900,
          startedAt: instant(3100),
          endedAt: instant(30_000),
          urls: { wav: "https://carrier.example/again.wav" },
        },
      },
    });
    expect(rig.factTypes().filter((type) => type === "recording.saved")).toHaveLength(1);
    expect(rig.isSettled).toBe(true);
  });
});

describe("what the carrier refuses", () => {
  test("a call that is gone when we speak waits for its notice, and ends without it", () => {
    const rig = new Rig();
    rig.apply(initiated());
    rig.settleAll();
    rig.apply(answered());
    rig.settle({ kind: "call_gone" });
    expect(rig.state.phase).toBe("announcing");
    rig.passDeadline();
    expect(rig.fact("call.ended")).toMatchObject({ cause: "completed", endedBy: "unknown", carrierCause: null });
    rig.apply(hangup(1500, { source: "caller" }));
    expect(rig.fact("call.ended")).toMatchObject({
      endedBy: "caller",
      carrierCause: "normal_clearing",
      answeredMs: 500,
    });
  });

  test("an announcement that cannot be spoken does not keep the call from being recorded", () => {
    const rig = new Rig();
    rig.apply(initiated());
    rig.settleAll();
    rig.apply(answered());
    rig.settle({ kind: "refused", code: "90000", message: "no such voice" });
    expect(rig.fact("command.failed")).toMatchObject({ command: "speak", code: "90000" });
    expect(rig.commandKinds()).toContain("record_start");
    expect(rig.factTypes()).not.toContain("call.announced");
  });

  test("a recording that the carrier does not start is told as failed", () => {
    const rig = new Rig();
    rig.apply(initiated());
    rig.settleAll();
    rig.apply(answered());
    rig.settleAll();
    rig.apply(speakEnded());
    rig.settle({ kind: "failed", code: "timeout", message: "No answer within 4000 ms.", retryAfterMs: null });
    expect(rig.fact("recording.failed")?.reason).toContain("No answer within 4000 ms.");
    rig.apply(hangup());
    expect(rig.isSettled).toBe(true);
  });

  test("an answer whose notice is lost goes on as answered when the carrier took it", () => {
    const rig = new Rig();
    rig.apply(initiated());
    rig.settleAll();
    rig.passDeadline();
    expect(rig.factTypes()).toContain("call.answered");
    expect(rig.commandKinds()).toContain("speak");
  });
});

describe("an answer that was inferred by our clock, minutes ahead of the carrier's", () => {
  /** Recorded, the notice of its answer lost. */
  function inferred(routing = snapshot): Rig {
    const rig = new Rig();
    rig.nowMs += 162_000;
    rig.apply(initiated());
    rig.settleAll(undefined, routing);
    rig.passDeadline();
    rig.settleAll();
    rig.apply(speakEnded(25_000));
    rig.settleAll();
    return rig;
  }

  const timesTold = (rig: Rig, type: string) => rig.factTypes().filter((each) => each === type).length;

  test("is put right by its notice while they talk, once, and nothing is begun by it", () => {
    const rig = inferred();
    const begun = rig.commandKinds();
    expect(rig.fact("call.answered")?.at).toBe(instant(162_000));
    expect(rig.apply(answered()).isApplied).toBe(true);
    expect(rig.fact("call.answered")?.at).toBe(instant(1000));
    expect(rig.fact("leg.changed")).toMatchObject({ answeredAt: instant(1000) });
    expect(rig.apply(answered(1001)).isApplied).toBe(false);
    rig.apply(hangup());
    expect(rig.fact("call.ended")).toMatchObject({ cause: "completed", answeredMs: 29_000 });
    expect(timesTold(rig, "call.ended")).toBe(1);
    expect([rig.state.phase, rig.commandKinds()]).toEqual(["ended", begun]);
  });

  test.each([
    ["recorded", snapshot],
    ["not to be recorded", { ...snapshot, recordInbound: false }],
  ])("is put right after the end, with its length, of a call %s", (_how, routing) => {
    const rig = inferred(routing);
    rig.apply(hangup());
    expect(rig.fact("call.ended")).toMatchObject({ cause: "completed", answeredMs: 0 });
    const reasons = timesTold(rig, "recording.not_made");
    rig.apply(answered());
    expect(rig.fact("call.ended")).toMatchObject({ cause: "completed", endedBy: "caller", answeredMs: 29_000 });
    expect(timesTold(rig, "recording.not_made")).toBe(reasons);
    expect(rig.apply(answered()).isApplied).toBe(false);
  });
});

describe("what is lost", () => {
  test("a recording that never comes is waited for, then found by asking", () => {
    const rig = talking();
    rig.apply(hangup());
    expect(rig.isSettled).toBe(false);
    rig.apply({
      type: "observed",
      observation: {
        type: "recording_found",
        recording: {
          carrierRecordingId: "recording-9",
          carrierLegId: LEG.legId,
          channels: 2,
          durationMs: 1,
          startedAt: null,
          endedAt: null,
          urls: { mp3: "https://carrier.example/9.mp3" },
        },
      },
    });
    expect(rig.fact("recording.saved")).toMatchObject({ format: "mp3", url: "https://carrier.example/9.mp3" });
    expect(rig.isSettled).toBe(true);
  });

  test("a recording that nobody knows of is given up with a reason", () => {
    const rig = talking();
    rig.apply(hangup());
    rig.passDeadline();
    expect(rig.fact("recording.failed")?.reason).toContain("does not know it");
    expect(rig.isSettled).toBe(true);
  });

  test("a hang-up that is lost is found by asking for the leg", () => {
    const rig = talking();
    rig.apply({
      type: "observed",
      observation: { type: "leg_gone", carrierLegId: LEG.legId, endedAt: instant(20_000) },
    });
    expect(rig.fact("call.ended")).toMatchObject({ cause: "completed", endedBy: "unknown", answeredMs: 19_000 });
    const again = { type: "leg_gone" as const, carrierLegId: LEG.legId, endedAt: instant(25_000) };
    expect(rig.apply({ type: "observed", observation: again }).isApplied).toBe(false);
  });

  test("a call of which nothing more is heard ends after all", () => {
    const rig = talking();
    rig.passDeadline();
    expect(rig.fact("call.ended")).toMatchObject({ cause: "time_limit", endedBy: "unknown" });
  });
});

describe("hanging up", () => {
  test("ends the call as ours, once, however often it is asked", () => {
    const rig = talking();
    rig.apply({ type: "hang_up", by: "usr_a" });
    expect(rig.apply({ type: "hang_up", by: "usr_b" }).isApplied).toBe(false);
    rig.settleAll();
    rig.apply(hangup(30_000, { source: "callee", sipCode: null }));
    expect(rig.commandKinds().filter((kind) => kind === "hangup")).toHaveLength(1);
    expect(rig.fact("call.ended")).toMatchObject({ cause: "completed", endedBy: "us" });
  });

  test("can be asked again after the carrier did not take it", () => {
    const rig = talking();
    rig.apply({ type: "hang_up", by: "usr_a" });
    rig.settle({ kind: "failed", code: "timeout", message: "No answer.", retryAfterMs: null });
    rig.apply({ type: "hang_up", by: "usr_a" });
    const keys = rig.commands.filter((command) => command.kind === "hangup").map((command) => command.key);
    expect(new Set(keys).size).toBe(2);
  });

  test("while it is looked up: the call is not answered any more", () => {
    const rig = new Rig();
    rig.apply(initiated());
    rig.apply({ type: "hang_up", by: "usr_a" });
    rig.settleAll();
    expect(rig.commandKinds()).toEqual(["find_routing", "hangup"]);
    rig.passDeadline();
    expect(rig.fact("call.ended")).toMatchObject({ cause: "cancelled", endedBy: "us" });
  });
});

test.each([
  ["in order", [ringsOut(), answered(), hangup()]],
  ["its beginning last", [answered(), hangup(), ringsOut()]],
])("a call that somebody dialed past us, told %s, is never commanded", (_how, notices) => {
  const rig = new Rig();
  for (const event of notices) rig.apply(event);
  while (rig.passDeadline());
  expect([rig.commands, rig.facts, rig.isSettled]).toEqual([[], [], true]);
});

test("a second leg of the session is told, and its end does not end the call", () => {
  const rig = talking();
  const other = { controlId: "v3:other", legId: "leg-other", sessionId: "session" };
  rig.apply({
    type: "carrier",
    event: { type: "initiated", at: instant(5000), leg: other, direction: "outbound", from: "+1", to: "+15551230009" },
  });
  rig.apply({
    type: "carrier",
    event: {
      type: "hangup",
      at: instant(9000),
      leg: other,
      carrierCause: "user_busy",
      source: "callee",
      sipCode: "486",
      parties: null,
    },
  });
  expect(rig.state.phase).toBe("talking");
  expect(rig.fact("leg.changed")).toMatchObject({
    party: "callee",
    address: "+15551230009",
    carrierCause: "user_busy",
  });
});

test("what was transcribed is told once", () => {
  const rig = talking();
  rig.apply(saved());
  const recordingId = rig.fact("recording.saved")?.recordingId;
  if (recordingId === undefined) throw new Error("no recording");
  const event = {
    type: "transcription_reported",
    recordingId,
    vendorTranscriptionId: "t-1",
    status: "completed",
  } as const;
  rig.apply(event);
  rig.apply(event);
  expect(rig.factTypes().filter((type) => type === "transcription.reported")).toHaveLength(1);
});
