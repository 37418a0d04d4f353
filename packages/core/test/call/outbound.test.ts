import { describe, expect, test } from "vitest";
import { answered, hangup, LEG, machine, placeCall, Rig, ringsOut, saved, snapshot, speakEnded } from "./rig.ts";

function placed(more: Parameters<typeof placeCall>[0] = {}): Rig {
  const rig = new Rig();
  rig.apply({ type: "place_call", command: placeCall(more) });
  return rig;
}

describe("a call that goes out", () => {
  test("is dialed, announced, recorded, and ends with its recording told", () => {
    const rig = placed();
    rig.settleAll();
    rig.apply(ringsOut());
    rig.apply(answered());
    rig.settleAll();
    rig.apply(speakEnded());
    rig.settleAll();
    rig.apply(hangup(30_000, { source: "callee" }));
    rig.apply(saved());
    expect(rig.commandKinds()).toEqual(["dial", "speak", "record_start"]);
    expect(rig.commands[0]).toMatchObject({ room: placeCall().callId, from: "+15551230002", to: "+15551230003" });
    expect(rig.fact("call.started")).toMatchObject({ direction: "outbound", placedBy: "usr_someone" });
    expect(rig.fact("call.ended")).toMatchObject({ cause: "completed", endedBy: "callee" });
    expect(rig.isSettled).toBe(true);
  });

  test("placed twice is dialed once", () => {
    const rig = placed();
    expect(rig.apply({ type: "place_call", command: placeCall() }).isApplied).toBe(false);
    expect(rig.commandKinds()).toEqual(["dial"]);
  });

  test("goes on when its notices overtake the answer to the dial", () => {
    const rig = placed();
    rig.apply(ringsOut());
    rig.apply(answered());
    expect(rig.commandKinds()).toEqual(["dial", "speak"]);
    rig.settle();
    expect(rig.state.phase).toBe("announcing");
    expect(rig.fact("leg.changed")).toMatchObject({ party: "callee", carrierLegId: LEG.legId });
  });

  test.each([
    ["user_busy", "486", "busy"],
    ["timeout", "487", "no_answer"],
    ["no_answer", "480", "no_answer"],
    ["call_rejected", "603", "rejected"],
    ["not_found", "404", "not_found"],
    ["unspecified", null, "failed"],
  ])("that the carrier ends with %s is %s → %s", (carrierCause, sipCode, cause) => {
    const rig = placed();
    rig.settleAll();
    rig.apply(ringsOut());
    rig.apply(hangup(9000, { carrierCause, sipCode, source: "callee" }));
    expect(rig.fact("call.ended")).toMatchObject({ cause, carrierCause, answeredMs: 0 });
    expect(rig.isSettled).toBe(true);
  });

  test("that nobody wants recorded is not announced as recorded", () => {
    const rig = placed({ snapshot: { ...snapshot, recordOutbound: false } });
    rig.settleAll();
    rig.apply(answered());
    expect(rig.commandKinds()).toEqual(["dial"]);
    expect(rig.fact("recording.not_made")?.reason).toContain("go out");
  });

  test("that the carrier refuses to dial has failed, with the carrier's word", () => {
    const rig = placed();
    rig.settle({ kind: "refused", code: "10016", message: "not E.164" });
    expect(rig.fact("command.failed")).toMatchObject({ command: "dial", code: "10016" });
    expect(rig.fact("call.ended")).toMatchObject({ cause: "failed", carrierCause: "10016" });
    expect(rig.isSettled).toBe(true);
  });

  test("that was given up but rings after all is hung up, so that nobody is rung by a failed call", () => {
    const rig = placed();
    rig.settle({ kind: "failed", code: "timeout", message: "No answer.", retryAfterMs: null });
    rig.apply(ringsOut());
    expect(rig.commands.at(-1)).toMatchObject({ kind: "hangup", controlId: LEG.controlId });
    rig.apply(hangup(5000, { carrierCause: "originator_cancel" }));
    expect(rig.fact("call.ended")).toMatchObject({ cause: "failed", carrierCause: "originator_cancel" });
  });

  test("hung up before the carrier named its leg is ended as soon as it does", () => {
    const rig = placed();
    rig.apply({ type: "hang_up", by: "usr_a" });
    expect(rig.commandKinds()).toEqual(["dial"]);
    rig.settle();
    expect(rig.commandKinds()).toEqual(["dial", "hangup"]);
    rig.apply(hangup(900, { carrierCause: "originator_cancel", sipCode: "487" }));
    expect(rig.fact("call.ended")).toMatchObject({ cause: "cancelled", endedBy: "us" });
  });

  test("whose ringing is never ended by a notice ends as unanswered", () => {
    const rig = placed();
    rig.settleAll();
    rig.passDeadline();
    expect(rig.fact("call.ended")).toMatchObject({ cause: "no_answer", endedBy: "unknown" });
  });
});

describe("asking whether a machine answered", () => {
  function detecting(): Rig {
    const rig = placed({ detectMachine: true });
    rig.settleAll();
    rig.apply(ringsOut());
    rig.apply(answered());
    return rig;
  }

  test("waits before it speaks", () => {
    expect(detecting().commandKinds()).toEqual(["dial"]);
  });

  test("ends the call when it was one", () => {
    const rig = detecting();
    rig.apply(machine("machine"));
    rig.settleAll();
    rig.apply(hangup(4000, { source: "caller" }));
    expect(rig.commandKinds()).toEqual(["dial", "hangup"]);
    expect(rig.fact("call.ended")).toMatchObject({ cause: "machine", endedBy: "us" });
    expect(rig.fact("machine.detected")).toMatchObject({ result: "machine" });
    expect(rig.isSettled).toBe(true);
  });

  test.each(["human", "not_sure"] as const)("goes on when it was %s", (result) => {
    const rig = detecting();
    rig.apply(machine(result));
    expect(rig.commandKinds()).toEqual(["dial", "speak"]);
  });

  test("goes on when the carrier never says", () => {
    const rig = detecting();
    rig.passDeadline();
    expect(rig.commandKinds()).toEqual(["dial", "speak"]);
  });

  test("ends the call also when the carrier says it late", () => {
    const rig = detecting();
    rig.passDeadline();
    rig.apply(machine("machine", 15_000));
    expect(rig.commandKinds()).toEqual(["dial", "speak", "hangup"]);
  });
});
