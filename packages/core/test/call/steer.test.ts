import { describe, expect, test } from "vitest";
import { type CallCommand, isPaused, liveStateOf, type TelephonyOutcome } from "../../src/index.ts";
import { answered, captioned, hangup, initiated, instant, notice, Rig, talking } from "./rig.ts";

const REFUSED: TelephonyOutcome = { kind: "refused", code: "90000", message: "Not now." };
const ben = { by: "usr_ben" };

/** The commands that came of wishes. */
function steering(rig: Rig): CallCommand[] {
  const begun = ["find_routing", "answer", "speak", "record_start", "stream_start"];
  return rig.commands.filter(({ kind }) => !begun.includes(kind));
}
const kinds = (rig: Rig) => steering(rig).map(({ kind }) => kind);
const steered = (rig: Rig) => rig.facts.filter((fact) => fact.type === "call.steered");
const failed = (rig: Rig) => rig.facts.filter((fact) => fact.type === "command.failed");

describe("hold", () => {
  test("plays music over and over until it is resumed", () => {
    const rig = talking();
    expect(rig.ask({ action: "hold" })).toEqual({ effect: "begun", by: "usr_ann", at: instant(3000) });
    expect(liveStateOf(rig.state)?.held).toEqual({ by: "usr_ann", at: instant(3000) });
    rig.settleAll();
    rig.nowMs += 5000;
    rig.ask({ action: "resume" }, ben);
    rig.settleAll();
    expect(steering(rig)).toMatchObject([
      { kind: "play_start", sound: "hold", isLooped: true, controlId: "v3:own" },
      { kind: "play_stop", controlId: "v3:own" },
    ]);
    expect(liveStateOf(rig.state)?.held).toBeNull();
    expect(steered(rig)).toEqual([
      { type: "call.steered", at: instant(3000), by: "usr_ann", action: "hold", detail: null },
      { type: "call.steered", at: instant(8000), by: "usr_ben", action: "resume", detail: null },
    ]);
  });

  test("that the carrier refuses is undone and told", () => {
    const rig = talking();
    rig.ask({ action: "hold" });
    rig.settleAll(REFUSED);
    expect(liveStateOf(rig.state)?.held).toBeNull();
    expect(failed(rig)).toMatchObject([{ command: "hold", code: "90000", message: "Not now." }]);
    expect(steered(rig)).toEqual([]);
  });

  test("that cannot be ended goes on, and is shown so", () => {
    const rig = talking();
    rig.ask({ action: "hold" });
    rig.settleAll();
    rig.ask({ action: "resume" }, ben);
    expect(liveStateOf(rig.state)?.held).toBeNull();
    rig.settleAll(REFUSED);
    expect(liveStateOf(rig.state)?.held?.by).toBe("usr_ann");
    expect(failed(rig)).toMatchObject([{ command: "resume" }]);
  });

  test("is not overtaken by its own end: the music is stopped only after it was started", () => {
    const rig = talking();
    rig.ask({ action: "hold" });
    rig.ask({ action: "resume" });
    expect(kinds(rig)).toEqual(["play_start"]);
    rig.settle();
    expect(kinds(rig)).toEqual(["play_start", "play_stop"]);
  });

  test("whose start fails after it was ended leaves the call as it was", () => {
    const rig = talking();
    rig.ask({ action: "hold" });
    rig.ask({ action: "resume" });
    rig.settle(REFUSED);
    rig.settle(REFUSED);
    expect(liveStateOf(rig.state)?.held).toBeNull();
  });

  test("wished for again before its end was refused is whose wish was last", () => {
    const rig = talking();
    rig.ask({ action: "hold" });
    rig.settleAll();
    rig.ask({ action: "resume" });
    rig.ask({ action: "hold" }, ben);
    rig.settle(REFUSED);
    expect(liveStateOf(rig.state)?.held?.by).toBe("usr_ben");
  });

  test("without music is none", () => {
    const rig = talking();
    rig.ask({ action: "hold" });
    rig.settleAll();
    rig.apply(notice("play_ended", 3500, { completed: false, sound: "hold", failure: "file_not_found" }));
    expect(liveStateOf(rig.state)?.held).toBeNull();
    expect(failed(rig)).toMatchObject([{ command: "hold", code: "file_not_found" }]);
  });

  test("goes on when the sound that it took the place of is told to be over", () => {
    const rig = talking();
    rig.ask({ action: "play_sound", sound: "chime" });
    rig.ask({ action: "hold" });
    rig.settleAll();
    rig.apply(notice("play_ended", 3500, { completed: false, sound: "chime", failure: null }));
    rig.apply(notice("play_ended", 3500, { completed: false, sound: "chime", failure: "failed" }));
    expect(liveStateOf(rig.state)?.held?.by).toBe("usr_ann");
    expect(failed(rig)).toMatchObject([{ command: "play_sound", code: "failed" }]);
  });
});

describe("a pause of the recording", () => {
  test("keeps nothing from the wish on, and is told from when the carrier took it", () => {
    const rig = talking(captioned);
    expect(isPaused(rig.state)).toBe(false);
    rig.ask({ action: "pause_recording" });
    expect(isPaused(rig.state)).toBe(true);
    expect(liveStateOf(rig.state)).toMatchObject({ recording: "paused", paused: { by: "usr_ann" } });
    expect(rig.fact("recording.paused")).toBeUndefined();
    rig.nowMs += 80;
    rig.settleAll();
    expect(rig.fact("recording.paused")).toEqual({ type: "recording.paused", at: instant(3080), by: "usr_ann" });
    rig.nowMs += 10_000;
    rig.ask({ action: "resume_recording" }, ben);
    expect(isPaused(rig.state)).toBe(false);
    rig.nowMs += 80;
    rig.settleAll();
    expect(rig.fact("recording.resumed")).toEqual({ type: "recording.resumed", at: instant(13_080), by: "usr_ben" });
    expect(kinds(rig)).toEqual(["record_pause", "record_resume"]);
    expect(liveStateOf(rig.state)).toMatchObject({ recording: "running", paused: null });
  });

  test("that the carrier refuses was none", () => {
    const rig = talking(captioned);
    rig.ask({ action: "pause_recording" });
    rig.settleAll(REFUSED);
    expect(isPaused(rig.state)).toBe(false);
    expect(rig.factTypes()).not.toContain("recording.paused");
    expect(failed(rig)).toMatchObject([{ command: "pause_recording" }]);
  });

  test("that cannot be ended goes on, and the record is told so", () => {
    const rig = talking(captioned);
    rig.ask({ action: "pause_recording" });
    rig.settleAll();
    rig.nowMs += 5000;
    rig.ask({ action: "resume_recording" }, ben);
    rig.nowMs += 100;
    rig.settleAll(REFUSED);
    expect(isPaused(rig.state)).toBe(true);
    const pauses = rig.facts.filter(({ type }) => type === "recording.paused" || type === "recording.resumed");
    expect(pauses).toEqual([
      { type: "recording.paused", at: instant(3000), by: "usr_ann" },
      { type: "recording.resumed", at: instant(8000), by: "usr_ben" },
      { type: "recording.paused", at: instant(8100), by: "usr_ann" },
    ]);
  });

  test("ends with the call", () => {
    const rig = talking(captioned);
    rig.ask({ action: "pause_recording" });
    rig.settleAll();
    rig.apply(hangup());
    expect(rig.fact("recording.resumed")).toEqual({ type: "recording.resumed", at: instant(30_000), by: null });
    expect(rig.factTypes().indexOf("recording.resumed")).toBeLessThan(rig.factTypes().indexOf("call.ended"));
    expect(isPaused(rig.state)).toBe(false);
  });

  test("of a call that the carrier does not record any more is ours alone", () => {
    const rig = talking(captioned);
    rig.apply(notice("recording_error", 5000, { reason: "Internal server error" }));
    rig.ask({ action: "pause_recording" });
    expect(isPaused(rig.state)).toBe(true);
    rig.ask({ action: "resume_recording" });
    expect(isPaused(rig.state)).toBe(false);
    expect(kinds(rig)).toEqual([]);
    expect(rig.factTypes().slice(-4)).toEqual([
      "recording.paused",
      "call.steered",
      "recording.resumed",
      "call.steered",
    ]);
  });

  test("can be ended when the recording broke off meanwhile", () => {
    const rig = talking(captioned);
    rig.ask({ action: "pause_recording" });
    rig.settleAll();
    rig.apply(notice("recording_error", 5000, { reason: "Internal server error" }));
    expect(rig.ask({ action: "resume_recording" })).toMatchObject({ effect: "begun" });
    expect(isPaused(rig.state)).toBe(false);
    expect(rig.fact("recording.resumed")).toMatchObject({ by: "usr_ann" });
  });

  test("turned on and off and on again before the carrier answers is sent in this order", () => {
    const rig = talking(captioned);
    rig.ask({ action: "pause_recording" });
    rig.ask({ action: "resume_recording" });
    rig.ask({ action: "pause_recording" });
    rig.settleAll();
    expect(kinds(rig)).toEqual(["record_pause", "record_resume", "record_pause"]);
    const pauses = rig.factTypes().filter((type) => type.startsWith("recording.") && type !== "recording.started");
    expect(pauses).toEqual(["recording.paused", "recording.resumed", "recording.paused"]);
  });
});

describe("digits and sounds", () => {
  test("are sent as wished, and of digits the record learns only how many", () => {
    const rig = talking();
    rig.ask({ action: "send_dtmf", digits: "12w34#" });
    rig.ask({ action: "play_sound", sound: "beep" }, ben);
    rig.settleAll();
    expect(steering(rig)).toMatchObject([
      { kind: "send_dtmf", digits: "12w34#" },
      { kind: "play_start", sound: "beep", isLooped: false },
    ]);
    expect(steered(rig)).toMatchObject([
      { action: "send_dtmf", detail: "5" },
      { action: "play_sound", detail: "beep", by: "usr_ben" },
    ]);
    expect(JSON.stringify(rig.facts)).not.toContain("12w34");
    expect(JSON.stringify(rig.state)).not.toContain("12w34");
  });

  test("digits go one after the other, whatever becomes of those before", () => {
    const rig = talking();
    rig.ask({ action: "send_dtmf", digits: "1" });
    rig.ask({ action: "send_dtmf", digits: "2" });
    expect(steering(rig)).toHaveLength(1);
    rig.settle(REFUSED);
    expect(steering(rig)).toMatchObject([{ digits: "1" }, { digits: "2" }]);
  });

  test("the same sound wished for by two at once is played once", () => {
    const rig = talking();
    rig.ask({ action: "play_sound", sound: "chime" });
    rig.nowMs += 500;
    expect(rig.ask({ action: "play_sound", sound: "chime" }, ben)).toMatchObject({ effect: "already", by: "usr_ann" });
    rig.nowMs += 2000;
    expect(rig.ask({ action: "play_sound", sound: "chime" }, ben)).toMatchObject({ effect: "begun" });
    rig.settleAll();
    expect(kinds(rig)).toEqual(["play_start", "play_start"]);
  });

  test("too many at once are refused", () => {
    const rig = talking();
    for (let n = 0; n < 20; n += 1) rig.ask({ action: "send_dtmf", digits: "1" });
    expect(rig.ask({ action: "send_dtmf", digits: "1" })).toMatch(/^conflict: .*Try again/);
  });
});

describe("a wish", () => {
  test("of two people at once has one effect, and the second learns whose it was", () => {
    const rig = talking();
    const first = rig.ask({ action: "pause_recording" });
    rig.nowMs += 40;
    const second = rig.ask({ action: "pause_recording" }, ben);
    rig.settleAll();
    expect(first).toEqual({ effect: "begun", by: "usr_ann", at: instant(3000) });
    expect(second).toEqual({ effect: "already", by: "usr_ann", at: instant(3000) });
    expect(kinds(rig)).toEqual(["record_pause"]);
  });

  test("sent again under its key is answered as the first time, also after the call", () => {
    const rig = talking();
    const wish = { action: "hold" } as const;
    const first = rig.ask(wish, { key: "k" });
    rig.ask({ action: "resume" });
    rig.nowMs += 1000;
    expect(rig.ask(wish, { key: "k" })).toEqual(first);
    rig.apply(hangup());
    expect(rig.ask(wish, { key: "k" })).toEqual(first);
    expect(rig.ask(wish, { key: "other" })).toBe("conflict: The call had ended already.");
  });

  test("that was refused is refused again under its key, though it could be done now", () => {
    const rig = new Rig();
    rig.apply(initiated());
    expect(rig.ask({ action: "hold" }, { key: "k" })).toBe("conflict: The call was not answered yet.");
    rig.settleAll();
    rig.apply(answered());
    expect(rig.ask({ action: "hold" })).toBe("conflict: The announcement was not over yet.");
    rig.passDeadline();
    expect(rig.ask({ action: "hold" }, { key: "k" })).toBe("conflict: The call was not answered yet.");
    expect(rig.ask({ action: "hold" }, { key: "k2" })).toMatchObject({ effect: "begun" });
  });

  test("under the key of another one is refused, but not under that of another person", () => {
    const rig = talking();
    rig.ask({ action: "hold" }, { key: "k" });
    expect(rig.ask({ action: "resume" }, { key: "k" })).toMatch(/^unprocessable: /);
    expect(rig.ask({ action: "resume" }, { key: "k", ...ben })).toMatchObject({ effect: "begun", by: "usr_ben" });
  });

  test.each([
    [{ action: "resume" } as const, "The call was not on hold."],
    [{ action: "resume_recording" } as const, "The recording was not paused."],
    [{ action: "mute" } as const, "Our side has no leg of its own on this call, so the carrier cannot mute it."],
    [{ action: "unmute" } as const, "Our side was not muted."],
  ])("%j on a call that does not stand so is refused", (wish, sentence) => {
    expect(talking().ask(wish)).toBe(`conflict: ${sentence}`);
  });

  test("to pause is refused where nothing is recorded, or not yet", () => {
    const unrecorded = new Rig();
    unrecorded.apply(initiated());
    unrecorded.settleAll(undefined, { ...captioned, recordInbound: false, announcement: null });
    unrecorded.apply(answered());
    expect(unrecorded.ask({ action: "pause_recording" })).toBe("conflict: Nothing was being recorded on this call.");

    const early = new Rig();
    early.apply(initiated());
    early.settleAll(undefined, { ...captioned, announcement: null });
    early.apply(answered());
    expect(early.ask({ action: "pause_recording" })).toMatch(/^conflict: The recording had not begun yet/);
  });

  test("to play a sound is refused on hold", () => {
    const rig = talking();
    rig.ask({ action: "hold" });
    expect(rig.ask({ action: "play_sound", sound: "beep" })).toMatch(/^conflict: The call was on hold/);
  });

  test("is refused while the call is being hung up", () => {
    const rig = talking();
    rig.apply({ type: "hang_up", by: "usr_ann" });
    expect(rig.ask({ action: "hold" })).toBe("conflict: The call was already being hung up.");
  });

  test("for a call that is gone says so to the call", () => {
    const rig = talking();
    rig.ask({ action: "send_dtmf", digits: "1" });
    rig.settle({ kind: "call_gone" });
    expect(rig.ask({ action: "hold" })).toBe("conflict: The call had ended already.");
    rig.passDeadline();
    expect(rig.state.phase).toBe("ended");
  });

  test("is remembered with the last fifty", () => {
    const rig = talking();
    for (let n = 0; n < 60; n += 1) {
      rig.ask({ action: "send_dtmf", digits: "1" }, { key: `k${n}` });
      rig.settleAll();
    }
    expect(rig.answer({ action: "send_dtmf", digits: "1" }, { by: "usr_ann", key: "k9" })).toBeNull();
    expect(rig.answer({ action: "send_dtmf", digits: "1" }, { by: "usr_ann", key: "k10" })).not.toBeNull();
  });
});
