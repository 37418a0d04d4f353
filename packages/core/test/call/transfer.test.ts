import { describe, expect, test } from "vitest";
import { liveStateOf, type TelephonyOutcome } from "../../src/index.ts";
import { hangup, instant, LEG, notice, type Rig, talking } from "./rig.ts";

const TO = "+15551230009";
const THEIRS = { controlId: "v3:b", legId: "leg-b", sessionId: "session" };
const transfer = { action: "transfer", to: TO } as const;

const rings = (ms = 4000, to = TO) =>
  notice("initiated", ms, { direction: "outbound", from: "+15551230002", to }, THEIRS);
const theyAnswer = (ms = 6000) => notice("answered", ms, { parties: null }, THEIRS);
const bridged = (leg = LEG, ms = 6010) => notice("bridged", ms, {}, leg);
const theyHangUp = (carrierCause: string, sipCode: string | null, ms = 9000) =>
  notice("hangup", ms, { carrierCause, sipCode, source: "callee", parties: null }, THEIRS);

const stateOf = (rig: Rig) => liveStateOf(rig.state)?.transfer?.state;
const ends = (rig: Rig) => rig.facts.filter((fact) => fact.type === "transfer.ended");

function asked(): Rig {
  const rig = talking();
  rig.ask(transfer);
  rig.settleAll();
  return rig;
}

describe("a transfer", () => {
  test("rings the phone from our number and connects it", () => {
    const rig = talking();
    expect(rig.ask(transfer)).toMatchObject({ effect: "begun" });
    expect(rig.commands.at(-1)).toMatchObject({
      kind: "transfer",
      to: TO,
      from: "+15551230002",
      room: "telnyx:session",
      controlId: "v3:own",
      ringTimeoutMs: 30_000,
    });
    expect(stateOf(rig)).toBe("asked");
    rig.settleAll();
    rig.apply(rings());
    expect(stateOf(rig)).toBe("ringing");
    rig.apply(theyAnswer());
    rig.apply(bridged(THEIRS));
    rig.apply(bridged(LEG));
    expect(liveStateOf(rig.state)?.transfer).toEqual({
      to: TO,
      by: "usr_ann",
      at: instant(3000),
      state: "connected",
      reason: null,
    });
    expect(ends(rig)).toEqual([
      { type: "transfer.ended", at: instant(6010), to: TO, result: "connected", reason: null },
    ]);
    expect(rig.facts.filter((fact) => fact.type === "call.steered")).toMatchObject([
      { action: "transfer", detail: TO },
    ]);
  });

  test("that is connected lets the call go on until its own leg ends", () => {
    const rig = asked();
    rig.apply(rings());
    rig.apply(theyAnswer());
    rig.apply(bridged());
    rig.apply(theyHangUp("normal_clearing", "200", 20_000));
    expect(rig.state.phase).toBe("talking");
    rig.apply(hangup());
    expect(rig.state.phase).toBe("ended");
    expect(ends(rig)).toHaveLength(1);
  });

  test.each([
    ["user_busy", "486", "The phone was busy."],
    ["timeout", null, "Nobody answered."],
    ["normal_clearing", "603", "The call was declined."],
    ["not_found", "404", "There is no such number."],
    ["unspecified", "500", "The carrier could not connect it (unspecified)."],
  ])("to a phone that ends with %s %s has failed, and the call goes on", (cause, sip, reason) => {
    const rig = asked();
    rig.apply(rings());
    rig.apply(theyHangUp(cause, sip));
    expect(stateOf(rig)).toBe("failed");
    expect(ends(rig)).toEqual([{ type: "transfer.ended", at: instant(9000), to: TO, result: "failed", reason }]);
    expect(rig.state.phase).toBe("talking");
    expect(rig.ask(transfer)).toMatchObject({ effect: "begun" });
    expect(rig.commandKinds().filter((kind) => kind === "transfer")).toHaveLength(2);
    expect(rig.commandKinds()).not.toContain("hangup");
  });

  test("that the carrier refuses has failed at once", () => {
    const rig = talking();
    rig.ask(transfer);
    rig.settleAll({ kind: "refused", code: "10016", message: "Phone number must be in +E164 format" });
    expect(stateOf(rig)).toBe("failed");
    expect(rig.fact("command.failed")).toMatchObject({ command: "transfer", code: "10016" });
    expect(ends(rig)).toMatchObject([{ result: "failed", reason: expect.stringContaining("+E164") }]);
  });

  test("whose leg rings is under way, whatever the answer to the command says", () => {
    const rig = talking();
    rig.ask(transfer);
    rig.apply(rings());
    const unheard: TelephonyOutcome = { kind: "failed", code: "timeout", message: "No answer.", retryAfterMs: null };
    rig.settleAll(unheard);
    expect(stateOf(rig)).toBe("ringing");
  });

  test("is one at a time", () => {
    const rig = asked();
    expect(rig.ask(transfer, { by: "usr_ben" })).toMatchObject({ effect: "already", by: "usr_ann" });
    const elsewhere = { action: "transfer", to: "+15551230008" } as const;
    expect(rig.ask(elsewhere)).toBe(`conflict: The call was already being transferred to ${TO}.`);
    rig.apply(rings());
    rig.apply(bridged());
    expect(rig.ask(elsewhere)).toBe(`conflict: The call had been transferred to ${TO}.`);
  });

  test("of a call on hold ends the hold when the phone is answered", () => {
    const rig = talking();
    rig.ask({ action: "hold" });
    rig.ask(transfer);
    rig.settleAll();
    rig.apply(rings());
    expect(liveStateOf(rig.state)?.held).not.toBeNull();
    rig.apply(theyAnswer());
    rig.apply(bridged());
    rig.settleAll();
    expect(liveStateOf(rig.state)?.held).toBeNull();
    expect(rig.commandKinds().at(-1)).toBe("play_stop");
  });

  test("is connected when its phone is known to have answered, though nobody told of the connection", () => {
    const rig = asked();
    rig.apply(rings());
    rig.apply(theyAnswer());
    rig.apply(theyHangUp("normal_clearing", "200"));
    expect(ends(rig)).toMatchObject([{ result: "connected", at: instant(6000) }]);

    const silent = asked();
    silent.apply(rings());
    silent.apply(theyAnswer());
    silent.wait(180_000);
    expect(stateOf(silent)).toBe("connected");
  });

  test("of which nothing is heard has failed, and a leg that comes late is hung up", () => {
    const rig = asked();
    rig.wait(180_000);
    expect(stateOf(rig)).toBe("failed");
    expect(ends(rig)).toMatchObject([{ reason: "The carrier did not tell what became of it." }]);
    rig.apply(rings(190_000));
    rig.apply(theyAnswer(191_000));
    const hangups = rig.commands.filter(({ kind }) => kind === "hangup");
    expect(hangups).toMatchObject([{ controlId: "v3:b" }]);
    expect(rig.state.phase).toBe("talking");
  });

  test("that still rings when the call ends has failed, and its phone stops ringing", () => {
    const rig = asked();
    rig.apply(rings());
    rig.apply(hangup(8000));
    expect(ends(rig)).toMatchObject([{ result: "failed", reason: "The call ended before anybody answered." }]);
    expect(rig.commands.filter(({ kind }) => kind === "hangup")).toMatchObject([{ controlId: "v3:b" }]);
    rig.settleAll();
    rig.apply(theyHangUp("originator_cancel", "487"));
    expect(rig.commands.filter(({ kind }) => kind === "hangup")).toHaveLength(1);
  });

  test("is not taken for another leg that rings", () => {
    const rig = asked();
    rig.apply(rings(4000, "+15551239999"));
    expect(stateOf(rig)).toBe("asked");
  });
});
