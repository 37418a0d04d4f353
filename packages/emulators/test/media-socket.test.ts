import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeMulaw } from "../src/audio/mulaw.ts";
import { encodeWav } from "../src/audio/wav.ts";
import type { Arrived } from "./support/receiver.ts";
import { type Stage, startStage } from "./support/streamed-call.ts";

let stage: Stage;
beforeAll(async () => {
  // Nobody talks in these tests.
  stage = await startStage({ telnyx: { conversationGraceMs: 600_000 } });
});
afterAll(() => stage.close());

const silence = Buffer.from(encodeWav([new Int16Array(8)], 8000)).toString("base64");
const quiet = () => stage.answered({ wav: silence, hangupBy: "nobody" });
const occurredAt = (arrived: Arrived | undefined) => arrived?.body.data?.occurred_at ?? "";
/** 20 ms. */
const sound = { event: "media", media: { payload: Buffer.alloc(160, 0xff).toString("base64") } };
const back = { stream_bidirectional_mode: "rtp", stream_bidirectional_target_legs: "self" } as const;

describe("stopping", () => {
  test("by command ends the socket with a stop frame; a second one is 422/90048", async () => {
    const { id, legId } = await quiet();
    const socket = await stage.stream(id);
    await stage.actions.stopStreaming(id, {});
    await stage.receiver.event("streaming.stopped", legId);
    await stage.media.until("the end of the socket", () => socket.closed !== undefined);
    expect(socket.frames.at(-1)?.event).toBe("stop");
    expect(socket.closed).toBe(1000);
    const again = stage.actions.stopStreaming(id, {});
    await expect(again).rejects.toMatchObject({ status: 422, error: { errors: [{ code: "90048" }] } });
  });

  test("by the application ends the stream, not the call", async () => {
    const { id, legId } = await quiet();
    const socket = await stage.stream(id);
    socket.close();
    await stage.receiver.event("streaming.stopped", legId);
    const { state, streams } = await stage.control.detail(legId);
    expect([state, streams[0]?.closedBy]).toEqual(["answered", "peer"]);
  });

  test("by a second start: the new stream replaces the old one", async () => {
    const { id, legId } = await quiet();
    const old = await stage.stream(id);
    const next = await stage.stream(id);
    await stage.media.until("the end of the old one", () => old.closed !== undefined);
    await stage.media.until("frames on the new one", () => next.media("inbound").length > 10);
    const { streams } = await stage.control.detail(legId);
    expect(streams.map(({ state, closedBy }) => closedBy ?? state)).toEqual(["replaced", "open"]);
  });

  test("forking is 422/90045 while a stream runs, and a URL that is none 422/90046", async () => {
    const { id } = await quiet();
    await stage.stream(id);
    const fork = stage.actions.startForking(id, { rx: "udp:192.0.2.1:9000" });
    await expect(fork).rejects.toMatchObject({ status: 422, error: { errors: [{ code: "90045" }] } });
    const nowhere = stage.actions.startStreaming(id, { stream_url: "wss://" });
    await expect(nowhere).rejects.toMatchObject({ status: 422, error: { errors: [{ code: "90046" }] } });
  });
});

test("keys that the caller presses come as notices and as frames, in their order", async () => {
  const { id, legId } = await quiet();
  const socket = await stage.stream(id);
  await stage.control.press(legId, "12#");
  await stage.media.until("three keys", () => socket.frames.filter(({ event }) => event === "dtmf").length === 3);
  expect(socket.frames.flatMap(({ dtmf }) => dtmf?.digit ?? []).join("")).toBe("12#");
  const isKey = ({ body: { data } }: Arrived) =>
    data?.event_type === "call.dtmf.received" && data.payload.call_leg_id === legId;
  await stage.media.until("three notices", () => stage.receiver.arrived.filter(isKey).length === 3);
  const notices = stage.receiver.arrived.filter(isKey).toSorted((a, b) => occurredAt(a).localeCompare(occurredAt(b)));
  expect(notices.map(({ body }) => body.data?.payload.digit).join("")).toBe("12#");
  expect(socket.frames.find(({ event }) => event === "dtmf")?.occurred_at).toBe(occurredAt(notices[0]));
  await stage.actions.hangup(id, {});
  await expect(stage.control.press(legId, "1")).rejects.toThrow(/409/);
});

describe("what the application sends", () => {
  test("is heard by the caller from when it is played, piece after piece", async () => {
    const { id, legId } = await quiet();
    await stage.actions.startRecording(id, { format: "wav", channels: "dual" });
    const socket = await stage.stream(id, back);
    const tone = new Int16Array(24_000).map((_, i) => 9000 * Math.sin(i / 5));
    const sent = Buffer.from(encodeMulaw(tone));
    socket.send({ event: "media", media: { payload: sent.subarray(0, 12_000).toString("base64") } });
    socket.send({ event: "media", media: { payload: sent.subarray(12_000).toString("base64") } });
    socket.send({ event: "mark", mark: { name: "played" } });
    await stage.media.until("the mark", () => socket.frames.some(({ mark }) => mark?.name === "played"));
    await stage.actions.hangup(id, {});
    const { local } = await stage.recorded(legId);
    expect(Buffer.from(encodeMulaw(local)).includes(sent)).toBe(true);
    expect(socket.sound("outbound").includes(sent)).toBe(true);
    const mark = socket.frames.findIndex(({ event }) => event === "mark");
    const lastOfTone = socket.frames.findLastIndex(
      ({ media }) => media?.track === "outbound" && Buffer.from(media.payload, "base64").some((byte) => byte !== 0xff),
    );
    expect(Math.abs(mark - lastOfTone)).toBeLessThanOrEqual(2);
  });

  test("is cut by clear, which returns the pending marks; a mark with nothing queued comes at once", async () => {
    const { id, legId } = await quiet();
    await stage.actions.startRecording(id, { format: "wav", channels: "dual" });
    const socket = await stage.stream(id, back);
    socket.send({ event: "mark", mark: { name: "idle" } });
    socket.send({ event: "media", media: { payload: Buffer.alloc(80_000, 0x10).toString("base64") } });
    socket.send({ event: "mark", mark: { name: "never reached" } });
    await stage.media.until("sound", () => socket.sound("outbound").includes(0x10));
    socket.send({ event: "clear" });
    await stage.media.until("the marks", () => socket.frames.filter(({ event }) => event === "mark").length === 2);
    await stage.actions.hangup(id, {});
    const { local } = await stage.recorded(legId);
    const sounding = local.reduce((count, sample) => count + (sample === 0 ? 0 : 1), 0);
    expect(sounding).toBeGreaterThan(0);
    expect(sounding).toBeLessThan(80_000);
    expect(local.at(-1)).toBe(0);
  });

  test.each([
    ["no JSON", "hello", 100_003],
    ["an unknown event", { event: "sing" }, 100_003],
    ["no base64", { event: "media", media: { payload: "not base64!" } }, 100_004],
    ["less than 20 ms", { event: "media", media: { payload: Buffer.alloc(100).toString("base64") } }, 100_004],
  ])("that is %s is answered with an error frame", async (_, frame, code) => {
    const { id } = await quiet();
    const socket = await stage.stream(id, back);
    socket.send(frame);
    await stage.media.until("the error", () => socket.frames.some(({ event }) => event === "error"));
    const error = socket.frames.find(({ event }) => event === "error");
    expect(error?.payload?.code).toBe(code);
    expect(error?.stream_id).toBe(socket.frames.find(({ event }) => event === "start")?.stream_id);
    await stage.actions.hangup(id, {});
  });

  test("without rtp mode is not played", async () => {
    const { id } = await quiet();
    const mp3 = await stage.stream(id);
    mp3.send(sound);
    await stage.media.until("the refusal", () => mp3.frames.some(({ payload }) => payload?.code === 100_002));
    await stage.actions.hangup(id, {});
  });
});

test("more frames than a second can hold are answered with 100005", async () => {
  // At real pace, so that a second of the call is long enough for any machine to be told too much in it.
  const slow = await startStage({ telnyx: { pace: 1, conversationGraceMs: 600_000 } });
  try {
    const { id } = await slow.answered({ wav: silence, hangupBy: "nobody" });
    const socket = await slow.stream(id, back);
    for (let i = 0; i < 1000; i += 1) socket.send(sound);
    await slow.media.until("the refusal", () => socket.frames.some(({ payload }) => payload?.code === 100_005));
    await slow.actions.hangup(id, {});
  } finally {
    await slow.close();
  }
});

test("at real pace, frames come every 20 ms, and none is lost however late the machine is", {
  timeout: 30_000,
}, async () => {
  const slow = await startStage({ telnyx: { pace: 1, conversationGraceMs: 600_000 } });
  try {
    const { id, legId } = await slow.answered({ wav: silence, hangupBy: "nobody" });
    const askedAtMs = Date.now();
    const socket = await slow.stream(id);
    await slow.media.until("one second", () => socket.media("inbound").length >= 50);
    // A machine that does nothing else for 300 ms.
    for (const until = Date.now() + 300; Date.now() < until; );
    await slow.media.until("three seconds", () => socket.media("inbound").length >= 150);
    const inbound = socket.frames.flatMap((frame, index) => (frame.media?.track === "inbound" ? [index] : []));
    const arrivedAtMs = inbound.map((index) => socket.at[index] ?? 0);
    // None comes before it can have been spoken; and the stream lasts as long as we have it, however late we hear of its ends.
    for (const [n, atMs] of arrivedAtMs.entries()) expect(atMs - askedAtMs).toBeGreaterThanOrEqual((n + 1) * 20 - 1);
    const heardForMs = Date.now() - (arrivedAtMs[0] ?? 0);
    await slow.actions.hangup(id, {});
    await slow.media.until("the end of the socket", () => socket.closed !== undefined);
    const { streams } = await slow.control.detail(legId);
    const { startMs, endMs, tracks } = streams[0] ?? {};
    const lastedMs = (endMs ?? 0) - (startMs ?? 0);
    expect(lastedMs).toBeGreaterThanOrEqual(heardForMs - 1);
    expect(lastedMs).toBeLessThanOrEqual(Date.now() - askedAtMs + 1);
    expect(tracks?.inbound?.sent).toBe(Math.floor(lastedMs / 20));
    expect(socket.media("outbound").map(({ chunk }) => Number(chunk))).toEqual(
      Array.from({ length: tracks?.outbound?.sent ?? 0 }, (_, index) => index + 1),
    );
  } finally {
    await slow.close();
  }
});

test("frames can be 100 ms long", async () => {
  const { id } = await stage.answered({ wav: silence, hangupBy: "nobody", frameMs: 100 });
  const socket = await stage.stream(id);
  await stage.media.until("three frames", () => socket.media("inbound").length >= 3);
  expect(socket.media("inbound")[1]).toMatchObject({ chunk: "2", timestamp: "100" });
  expect(Buffer.from(socket.media("inbound")[0]?.payload ?? "", "base64")).toHaveLength(800);
  await stage.actions.hangup(id, {});
});
