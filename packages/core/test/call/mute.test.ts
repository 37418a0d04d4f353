import { describe, expect, test } from "vitest";
import { liveStateOf, type TelephonyOutcome } from "../../src/index.ts";
import { hangup, notice, type Rig, talking } from "./rig.ts";

const TO = "+15551230009";
const THEIRS = { controlId: "v3:b", legId: "leg-b", sessionId: "session" };
const MADE: TelephonyOutcome = { kind: "accepted", conferenceId: "conference-1" };
const REFUSED: TelephonyOutcome = { kind: "refused", code: "90019", message: "Conference ended." };
const ben = { by: "usr_ben" };

const theyHangUp = (ms = 9000) =>
  notice("hangup", ms, { carrierCause: "normal_clearing", sipCode: "200", source: "callee", parties: null }, THEIRS);

/** A call that was transferred to a phone, which speaks for our side now. */
function transferred(): Rig {
  const rig = talking();
  rig.ask({ action: "transfer", to: TO });
  rig.settleAll();
  rig.apply(notice("initiated", 4000, { direction: "outbound", from: "+15551230002", to: TO }, THEIRS));
  rig.apply(notice("answered", 6000, { parties: null }, THEIRS));
  rig.apply(notice("bridged", 6010, {}, THEIRS));
  return rig;
}

const steps = (rig: Rig) => rig.commands.filter(({ kind }) => kind === "bridge" || kind.startsWith("conference_"));
const hungUp = (rig: Rig) => rig.commands.flatMap((command) => (command.kind === "hangup" ? [command.controlId] : []));
const muted = (rig: Rig) => liveStateOf(rig.state)?.muted ?? null;

describe("muting our side", () => {
  test("takes both legs into a conference, ours muted; later it is one command", () => {
    const rig = transferred();
    expect(rig.ask({ action: "mute" })).toMatchObject({ effect: "begun" });
    expect(muted(rig)).toMatchObject({ by: "usr_ann" });
    rig.settle();
    rig.settle(MADE);
    rig.settle();
    rig.ask({ action: "unmute" }, ben);
    rig.settle();
    rig.ask({ action: "mute" }, ben);
    rig.settle();
    expect(steps(rig)).toMatchObject([
      { kind: "bridge", controlId: "v3:b", other: "v3:own" },
      { kind: "conference_create", controlId: "v3:own" },
      { kind: "conference_join", controlId: "v3:b", conferenceId: "conference-1" },
      { kind: "conference_mute", controlId: "v3:b", isMuted: false },
      { kind: "conference_mute", controlId: "v3:b", isMuted: true },
    ]);
    expect(rig.facts.filter((fact) => fact.type === "call.steered").slice(1)).toMatchObject([
      { action: "mute", by: "usr_ann" },
      { action: "unmute", by: "usr_ben" },
      { action: "mute", by: "usr_ben" },
    ]);
  });

  test("wished for by two at once happens once", () => {
    const rig = transferred();
    rig.ask({ action: "mute" });
    expect(rig.ask({ action: "mute" }, ben)).toMatchObject({ effect: "already", by: "usr_ann" });
    expect(steps(rig)).toHaveLength(1);
  });

  test("undone on the way there ends unmuted", () => {
    const rig = transferred();
    rig.ask({ action: "mute" });
    rig.settle();
    rig.ask({ action: "unmute" }, ben);
    rig.settle(MADE);
    rig.settleAll();
    expect(steps(rig).at(-1)).toMatchObject({ kind: "conference_mute", isMuted: false });
    expect(muted(rig)).toBeNull();
  });

  test.each([
    ["the conference", 1],
    ["the way into it", 2],
  ])("connects the two again when the carrier refuses %s", (_name, taken) => {
    const rig = transferred();
    rig.ask({ action: "mute" });
    rig.settle();
    if (taken === 2) rig.settle(MADE);
    rig.settle(REFUSED);
    expect(muted(rig)).toBeNull();
    expect(rig.fact("command.failed")).toMatchObject({ command: "mute", code: "90019" });
    expect(steps(rig).at(-1)).toMatchObject({ kind: "bridge", controlId: "v3:b", other: "v3:own" });
    rig.settleAll();
    expect(rig.ask({ action: "mute" })).toMatchObject({ effect: "begun" });
    expect(steps(rig).at(-1)).toMatchObject({ kind: "conference_create" });
  });

  test("is undone when the carrier does not name the conference", () => {
    const rig = transferred();
    rig.ask({ action: "mute" });
    rig.settle();
    rig.settle({ kind: "accepted" });
    expect(muted(rig)).toBeNull();
    expect(steps(rig).at(-1)).toMatchObject({ kind: "bridge" });
  });

  test("that cannot be ended goes on, and is shown so", () => {
    const rig = transferred();
    rig.ask({ action: "mute" });
    rig.settle();
    rig.settle(MADE);
    rig.settle();
    rig.ask({ action: "unmute" }, ben);
    rig.settle(REFUSED);
    expect(muted(rig)).toMatchObject({ by: "usr_ann" });
  });

  test("is not taken for the end of the call when the carrier finds our side gone", () => {
    const rig = transferred();
    rig.ask({ action: "mute" });
    rig.settle({ kind: "call_gone" });
    expect(rig.ask({ action: "send_dtmf", digits: "1" })).toMatchObject({ effect: "begun" });
  });

  test("leaves nobody alone on the line: who stays is hung up when the other leaves", () => {
    const theirs = transferred();
    theirs.ask({ action: "mute" });
    theirs.settle();
    theirs.settle(MADE);
    theirs.apply(theyHangUp());
    expect(hungUp(theirs)).toEqual(["v3:own"]);

    const callers = transferred();
    callers.ask({ action: "mute" });
    callers.settle();
    callers.apply(hangup());
    expect(hungUp(callers)).toEqual(["v3:b"]);
  });

  test("of a call that was only transferred is the carrier's affair when one leaves", () => {
    const rig = transferred();
    rig.apply(theyHangUp());
    rig.apply(hangup());
    expect(hungUp(rig)).toEqual([]);
  });

  test("is refused where our side has no leg of its own, or none any more", () => {
    const sentence = "conflict: Our side has no leg of its own on this call, so the carrier cannot mute it.";
    expect(talking().ask({ action: "mute" })).toBe(sentence);
    const rig = transferred();
    rig.apply(theyHangUp());
    expect(rig.ask({ action: "mute" })).toBe(sentence);
  });
});
