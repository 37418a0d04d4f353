import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeMulaw } from "../src/audio/mulaw.ts";
import { type Stage, startStage } from "./support/streamed-call.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const both = { format: "wav", channels: "dual" } as const;
const dialogue = {
  title: "Handed over",
  lines: [
    { speaker: "caller", text: "Good morning, this is the billing department." },
    { speaker: "agent", text: "Hello, I have a question about my invoice." },
    { speaker: "caller", text: "Certainly, please go ahead." },
  ],
};
let lastNumber = 7000;

/** A recorded call whose people say the long script, transferred in the middle of it to a number that behaves as `entry` says. */
async function transferred(entry: object, fields: { park_after_unbridge?: "self" } = {}) {
  lastNumber += 1;
  const to = `+1310555${lastNumber}`;
  await stage.control.phoneBook(to, entry);
  const { id, legId } = await stage.answered({ script: "order-status" });
  await stage.actions.startRecording(id, both);
  const socket = await stage.stream(id);
  await stage.media.until("some talk", () => socket.media("inbound").length > 200);
  await stage.actions.transfer(id, { to, ...fields });
  const target = await stage.receiver.waitFor(
    ({ body: { data } }) => data?.event_type === "call.initiated" && data.payload.to === to,
  );
  return { id, legId, socket, targetLegId: target.body.data?.payload.call_leg_id ?? "" };
}

const textOf = (words: readonly { speaker: string; text: string }[], speaker: string) =>
  words.flatMap((word) => (word.speaker === speaker ? word.text : [])).join(" ");

describe("a transferred call", () => {
  test("carries the new party's voice on its B channel, and its own to the new leg, to the sample", async () => {
    const call = await transferred({ behaviour: "answer", script: dialogue });
    const bridged = stage.receiver.event("call.bridged", call.targetLegId);
    await stage.actions.startRecording((await bridged).call_control_id, both);
    const first = await stage.recorded(call.legId);
    const second = await stage.recorded(call.targetLegId);

    const words = second.detail.recordings[0]?.words ?? [];
    // Before it there may be the end of what the first leg's person was saying when the two were bridged.
    expect(textOf(words, "agent")).toMatch(/Hello, I have a question about my invoice\.$/);
    const heardByFirst = textOf(first.detail.recordings[0]?.words ?? [], "agent");
    expect(heardByFirst).toContain("Good morning, this is the billing department. Certainly, please go ahead.");
    expect(textOf(first.detail.recordings[0]?.words ?? [], "caller")).toMatch(
      /Hello, I have a question about my invoice\.$/,
    );

    // The moment at which the second recording begins, as a sample of the first: by the clocks that both legs report.
    const startOf = ({ detail }: typeof first) =>
      Date.parse(detail.startedAt) * 10 + (detail.recordings[0]?.startMs ?? 0);
    const ahead = (Date.parse(second.detail.startedAt) - Date.parse(first.detail.startedAt)) * 10;
    expect(startOf(second)).toBeGreaterThan(startOf(first));
    const from = (ahead + (second.detail.recordings[0]?.startMs ?? 0) - (first.detail.recordings[0]?.startMs ?? 0)) * 8;
    const length = Math.min(second.remote.length, first.local.length - from);
    expect(length).toBeGreaterThan(30_000);
    expect(first.local.subarray(from, from + length)).toEqual(second.remote.subarray(0, length));
    expect(first.remote.subarray(from, from + length)).toEqual(second.local.subarray(0, length));
    expect(second.remote.some((sample) => Math.abs(sample) > 3000)).toBe(true);
    expect(second.local.some((sample) => Math.abs(sample) > 3000)).toBe(true);
  });

  test("goes on streaming: the outbound track is what the recording has there", async () => {
    const call = await transferred({ behaviour: "answer", script: dialogue });
    const { local, detail } = await stage.recorded(call.legId);
    const offset = ((detail.recordings[0]?.startMs ?? 0) - (detail.streams[0]?.startMs ?? 0)) * 8;
    const encoded = Buffer.from(encodeMulaw(local));
    const heard = call.socket.sound("outbound");
    // The stream began after the recording.
    expect(encoded.subarray(-offset, -offset + heard.length).equals(heard)).toBe(true);
  });

  test("outlives the new party when it parks, and says no more of its first script", async () => {
    const call = await transferred({ behaviour: "answer", script: dialogue }, { park_after_unbridge: "self" });
    await stage.receiver.event("call.hangup", call.targetLegId);
    const { state, script } = await stage.control.detail(call.legId);
    expect(state).toBe("answered");
    expect(textOf(script?.words ?? [], "caller")).toMatch(/invoice\.$/);
    await stage.actions.hangup(call.id, {});
  });

  test("goes on as it was when nobody answers", async () => {
    const call = await transferred({ behaviour: "busy" });
    expect(await stage.receiver.event("call.hangup", call.targetLegId)).toMatchObject({ hangup_cause: "user_busy" });
    expect((await stage.control.detail(call.legId)).state).toBe("answered");
    const { detail } = await stage.recorded(call.legId);
    expect(detail.recordings[0]?.words).toHaveLength(49);
  });
});

test("two calls that are bridged hear each other until they are parted", async () => {
  const speech = (text: string) => ({ lines: [{ speaker: "caller", text, pauseBeforeMs: 6000 }], tailMs: 60_000 });
  const first = await stage.answered({ script: speech("One two three four five six seven eight nine ten.") });
  const second = await stage.answered({ script: speech("Eleven twelve thirteen fourteen fifteen sixteen.") });
  await stage.actions.startRecording(first.id, both);
  await stage.actions.startRecording(second.id, both);
  await stage.actions.bridge(first.id, { call_control_id_to_bridge_with: second.id, park_after_unbridge: "self" });
  await stage.receiver.event("call.bridged", second.legId);
  await new Promise((resolve) => setTimeout(resolve, 1400));
  await stage.actions.hangup(second.id, {});
  await stage.receiver.event("call.hangup", second.legId);
  await stage.actions.hangup(first.id, {});
  const one = await stage.recorded(first.legId);
  const two = await stage.recorded(second.legId);
  expect(textOf(one.detail.recordings[0]?.words ?? [], "agent")).toBe(
    "Eleven twelve thirteen fourteen fifteen sixteen.",
  );
  expect(textOf(two.detail.recordings[0]?.words ?? [], "agent")).toBe(
    "One two three four five six seven eight nine ten.",
  );
  const loud = ({ local }: typeof one) => local.some((sample) => Math.abs(sample) > 3000);
  expect([loud(one), loud(two)]).toEqual([true, true]);
});
