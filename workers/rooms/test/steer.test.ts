import { runInDurableObject } from "cloudflare:test";
import type { SteerCommand } from "@earwitness/core";
import { newId } from "@earwitness/shared";
import { describe, expect, test } from "vitest";
import {
  commandsTo,
  doorOf,
  factsOf,
  kindsTo,
  newCall,
  refusalOf,
  replayed,
  script,
  snapshot,
  stubOf,
  type TestCall,
  talk,
  until,
} from "./call.ts";

const wishOf = (wish: SteerCommand["wish"], more: Partial<SteerCommand> = {}): SteerCommand => ({
  workspaceId: snapshot.workspaceId,
  by: "usr_ann",
  key: crypto.randomUUID(),
  wish,
  ...more,
});

async function talking(): Promise<TestCall> {
  const call = newCall();
  await talk(call);
  return call;
}

const untilTold = (call: TestCall, type: string) =>
  until(
    () => factsOf(call.room),
    (facts) => facts.some((fact) => fact.type === type),
  );

describe("a call is steered through its room's door", () => {
  test("once by two who press at once, and the second learns whose wish it was", async () => {
    const call = await talking();
    const door = doorOf(call.room);
    const [first, second] = await Promise.all([
      door.steer(wishOf({ action: "pause_recording" })),
      door.steer(wishOf({ action: "pause_recording" }, { by: "usr_ben" })),
    ]);
    expect(first).toMatchObject({ effect: "begun", by: "usr_ann" });
    expect(second).toEqual({ ...first, effect: "already" });
    await untilTold(call, "recording.paused");
    expect((await kindsTo(call.controlId)).filter((kind) => kind === "record_pause")).toHaveLength(1);
  });

  test("once under one key, and answered the same each time, also by the next instance of the room", async () => {
    const call = await talking();
    const wish = wishOf({ action: "hold" });
    const first = await doorOf(call.room).steer(wish);
    expect(await doorOf(call.room).steer(wish)).toEqual(first);
    await untilTold(call, "call.steered");
    await runInDurableObject(stubOf(call.room), (_room, ctx) => ctx.abort("reset by the test")).catch(() => {});
    expect(await doorOf(call.room).steer(wish)).toEqual(first);
    const sounds = (await commandsTo(call.controlId)).filter(({ kind }) => kind === "playback_start");
    expect(sounds).toMatchObject([{ body: { audio_url: expect.stringMatching(/\/audio\/hold\.wav$/) } }]);
    expect(await refusalOf(() => doorOf(call.room).steer({ ...wish, wish: { action: "resume" } }))).toMatchObject({
      code: "unprocessable",
    });
  });

  test("is refused with a sentence where the call does not stand so", async () => {
    const call = await talking();
    expect(await refusalOf(() => doorOf(call.room).steer(wishOf({ action: "resume" })))).toMatchObject({
      code: "conflict",
      message: "The call was not on hold.",
    });
  });

  test("is not found by another workspace, nor where there is no call", async () => {
    const call = await talking();
    const stranger = wishOf({ action: "hold" }, { workspaceId: newId("workspace") });
    expect(await refusalOf(() => doorOf(call.room).steer(stranger))).toMatchObject({ code: "not_found" });
    const nowhere = doorOf(newId("call"));
    expect(await refusalOf(() => nowhere.steer(wishOf({ action: "hold" })))).toMatchObject({ code: "not_found" });
    expect(await kindsTo(call.controlId)).not.toContain("playback_start");
  });

  test("keeps no digit of what was sent in its facts or its state", async () => {
    const call = await talking();
    await doorOf(call.room).steer(wishOf({ action: "send_dtmf", digits: "4111222233334444#" }));
    const facts = await untilTold(call, "call.steered");
    expect(facts.at(-1)).toMatchObject({ action: "send_dtmf", detail: "17" });
    expect(JSON.stringify([facts, (await replayed(call.room)).state])).not.toContain("4111222233334444");
    expect((await commandsTo(call.controlId)).at(-1)).toMatchObject({
      kind: "send_dtmf",
      body: { digits: "4111222233334444#" },
    });
  });

  test("keeps no digit of what the carrier refused in its facts, though that says it", async () => {
    const call = await talking();
    const detail = "The digits 4111222233334444 are not valid";
    await script(call.controlId, [{ status: 422, body: { errors: [{ code: "10015", title: "Invalid", detail }] } }]);
    await doorOf(call.room).steer(wishOf({ action: "send_dtmf", digits: "4111222233334444" }));
    const facts = await untilTold(call, "command.failed");
    expect(facts.at(-1)).toMatchObject({ command: "send_dtmf", code: "10015" });
    expect(JSON.stringify(facts)).not.toContain("4111222233334444");
  });

  test("keeps no key that the other side presses while recording is paused, and every other one", async () => {
    const call = await talking();
    await doorOf(call.room).deliver(call.pressed("7"));
    await doorOf(call.room).steer(wishOf({ action: "pause_recording" }));
    await doorOf(call.room).deliver(call.pressed("4"));
    const kept = (await factsOf(call.room)).filter(
      (fact) => fact.type === "notice.kept" && fact.notice.eventType === "call.dtmf.received",
    );
    const bodies = kept.map((fact) => (fact.type === "notice.kept" ? fact.notice.body : ""));
    expect(bodies.map((body) => JSON.parse(body).data.payload.digit)).toEqual(["7", "redacted"]);
    const rows = await runInDurableObject(stubOf(call.room), (_room, { storage }) =>
      JSON.stringify(storage.sql.exec("SELECT event, facts FROM journal").toArray()),
    );
    expect(rows).not.toMatch(/digit\\*":\\*"4/);
  });

  test("keeps no key that was pressed in a pause and is told after it, and the next one", async () => {
    const call = await talking();
    await doorOf(call.room).steer(wishOf({ action: "pause_recording" }));
    await doorOf(call.room).steer(wishOf({ action: "resume_recording" }));
    // The call is at 3 s by the carrier's clock.
    for (const [ms, digit] of [
      [3010, "4"],
      [20_000, "7"],
    ] as const) {
      await doorOf(call.room).deliver(call.notice("call.dtmf.received", ms, { digit }));
    }
    const bodies = (await factsOf(call.room)).flatMap((fact) =>
      fact.type === "notice.kept" && fact.notice.eventType === "call.dtmf.received" ? [fact.notice.body] : [],
    );
    expect(bodies.map((body) => JSON.parse(body).data.payload.digit)).toEqual(["redacted", "7"]);
  });

  test("keeps no key of a pause that the end of the call ended", async () => {
    const call = await talking();
    await doorOf(call.room).steer(wishOf({ action: "pause_recording" }));
    await doorOf(call.room).deliver(call.hangup());
    await doorOf(call.room).deliver(call.pressed("4"));
    const kept = (await factsOf(call.room)).at(-1);
    expect(kept?.type === "notice.kept" && JSON.parse(kept.notice.body).data.payload.digit).toBe("redacted");
  });

  test("is undone and told when the carrier refuses", async () => {
    const call = await talking();
    await script(call.controlId, [{ status: 422, body: { errors: [{ code: "90001", title: "Not recorded" }] } }]);
    await doorOf(call.room).steer(wishOf({ action: "pause_recording" }));
    const facts = await untilTold(call, "command.failed");
    expect(facts.at(-1)).toMatchObject({ command: "pause_recording", code: "90001" });
    expect(facts.some(({ type }) => type === "recording.paused")).toBe(false);
    expect(await doorOf(call.room).steer(wishOf({ action: "pause_recording" }))).toMatchObject({ effect: "begun" });
  });
});
