import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeMulaw } from "../src/audio/mulaw.ts";
import { type Stage, startStage } from "./support/streamed-call.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

/** A recorded and streamed call whose stream a fault strikes, followed to its end. */
async function struck(fault: object) {
  const { id, legId } = await stage.answered({ script: "short" });
  await stage.control.fault({ target: "media", match: { call: legId }, ...fault });
  const socket = await stage.stream(id);
  await stage.actions.startRecording(id, { format: "wav", channels: "dual" });
  await stage.receiver.event("call.hangup", legId);
  await stage.media.until("the end of the socket", () => socket.closed !== undefined);
  const { detail, remote } = await stage.recorded(legId);
  const [stream] = detail.streams;
  if (stream === undefined) throw new Error("The call has a stream.");
  return { id, legId, socket, detail, remote, stream };
}

const chunks = ({ socket }: Awaited<ReturnType<typeof struck>>, track: "inbound" | "outbound") =>
  socket.media(track).map(({ chunk }) => Number(chunk));
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

test("lost frames are missing on their track alone, and are listed", async () => {
  const call = await struck({ effect: "lose", afterMs: 1000, frames: 7, match: { track: "inbound" } });
  const { inbound, outbound } = call.stream.tracks;
  // Chunk 51 begins where the stream is 1 s old.
  expect(inbound?.dropped).toEqual([51, 52, 53, 54, 55, 56, 57]);
  expect(outbound?.dropped).toEqual([]);
  expect(chunks(call, "inbound")).toEqual(upTo(inbound?.made ?? 0).filter((chunk) => chunk < 51 || chunk > 57));
  expect(chunks(call, "outbound")).toEqual(upTo(outbound?.made ?? 0));
});

test.each([3, 4, 5])("frames change places within %i, and the order of sending is no help", async (window) => {
  const call = await struck({ effect: "reorder", frames: 100_000, window });
  for (const track of ["inbound", "outbound"] as const) {
    const got = chunks(call, track);
    expect(got).not.toEqual(got.toSorted((a, b) => a - b));
    expect(got.toSorted((a, b) => a - b)).toEqual(upTo(call.stream.tracks[track]?.made ?? 0));
    expect(Math.max(...got.map((chunk, index) => Math.abs(chunk - 1 - index)))).toBeLessThan(window);
  }
  const sequence = call.socket.frames.flatMap((frame) => frame.sequence_number ?? []).map(Number);
  expect(sequence).toEqual(upTo(sequence.length));
  const { recordings, streams } = call.detail;
  const offset = ((recordings[0]?.startMs ?? 0) - (streams[0]?.startMs ?? 0)) * 8;
  const heard = call.socket.sound("inbound").subarray(offset);
  expect(Buffer.from(encodeMulaw(call.remote)).subarray(0, heard.length).equals(heard)).toBe(true);
});

test("duplicates come twice with the same chunk", async () => {
  const call = await struck({ effect: "duplicate", afterMs: 500, frames: 3 });
  expect(call.stream.tracks.inbound?.duplicated).toEqual([26, 27, 28]);
  const twice = chunks(call, "inbound").filter((chunk, index, all) => all.indexOf(chunk) !== index);
  expect(twice).toEqual([26, 27, 28]);
  expect(call.stream.tracks.inbound?.sent).toBe((call.stream.tracks.inbound?.made ?? 0) + 3);
});

test("a stalled stream stays open, and what was said meanwhile is gone", async () => {
  const call = await struck({ effect: "stall", afterMs: 1000, delayMs: 2000 });
  const gone = upTo(150).filter((chunk) => chunk > 50);
  expect(call.stream.tracks.inbound?.dropped).toEqual(gone);
  expect(chunks(call, "outbound")).toEqual(
    upTo(call.stream.tracks.outbound?.made ?? 0).filter((n) => n < 51 || n > 150),
  );
  expect(call.stream.closedBy).toBe("hangup");
  const [before, after] = [50, 51].map((n) => call.socket.frames.findIndex(({ media }) => media?.chunk === String(n)));
  expect(before).toBeGreaterThan(0);
  expect(after).toBe(-1);
});

test("a dropped socket is not opened again: it is told, and a new start makes a new stream", async () => {
  const { id, legId } = await stage.answered({ script: "short" });
  await stage.control.fault({ target: "media", effect: "drop", match: { call: id }, afterMs: 500 });
  const first = await stage.stream(id);
  await stage.receiver.event("streaming.stopped", legId);
  await stage.media.until("the end of the socket", () => first.closed !== undefined);
  // 1006: nobody said goodbye.
  expect(first.closed).toBe(1006);
  expect(first.frames.some(({ event }) => event === "stop")).toBe(false);
  expect(first.media("inbound")).toHaveLength(25);
  const second = await stage.stream(id);
  await stage.receiver.event("call.hangup", legId);
  await stage.media.until("the end of the socket", () => second.closed !== undefined);
  expect(second.media("inbound")[0]).toMatchObject({ chunk: "1", timestamp: "0" });
  const { streams } = await stage.control.detail(legId);
  expect(streams.map(({ closedBy }) => closedBy)).toEqual(["dropped", "hangup"]);
  expect(new Set(streams.map(({ streamId }) => streamId)).size).toBe(2);
});

test("the next start can be refused; the one after it works", async () => {
  const { id, legId } = await stage.answered({ script: "short", hangupBy: "nobody" });
  await stage.control.fault({ target: "media", effect: "refuse", match: { call: legId } });
  await stage.actions.startStreaming(id, { stream_url: `${stage.media.url}/refused` });
  await stage.receiver.event("streaming.failed", legId);
  expect(stage.media.connections.some(({ path }) => path === "/refused")).toBe(false);
  await stage.stream(id);
  await stage.actions.hangup(id, {});
});

test("an effect that no media socket can show is refused at the door", async () => {
  await expect(stage.control.fault({ target: "media", effect: "status" })).rejects.toThrow(/does not exist/);
  await expect(stage.control.fault({ target: "webhook", effect: "stall" })).rejects.toThrow(/does not exist/);
});
