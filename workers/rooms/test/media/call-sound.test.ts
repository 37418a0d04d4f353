import { runDurableObjectAlarm } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import {
  commandsTo,
  doorOf,
  factTypes,
  kindsTo,
  newCall,
  replayed,
  reset,
  snapshot,
  stubOf,
  talk,
  until,
} from "../call.ts";
import {
  CarrierStream,
  connect,
  frames,
  hangUpAt,
  heldFrames,
  liveEnded,
  openStream,
  savedUntil,
  streamAsked,
  streamedCall,
  told,
} from "./spoken-call.ts";

describe("a call's sound", () => {
  test("is in R2 byte for byte, every frame of it, when the call is over", async () => {
    const call = await streamedCall();
    const stream = await openStream(call, 1, 3000);
    stream.speakUntil(36_000);
    await hangUpAt(call, 36_000);
    stream.sendText({ event: "stop", stop: {} });
    stream.close();
    await liveEnded(call);
    const { right, wrong } = await heldFrames(call);
    expect(wrong).toEqual([]);
    expect(right).toEqual(frames(3000, 36_000));
    expect(await told(call, "audio.gap")).toEqual([]);
    const chunks = await told(call, "audio.stored");
    expect(chunks).toMatchObject([
      { chunk: 0, startMs: 3000, endMs: chunks[1]?.startMs },
      { chunk: 1, endMs: 36_000 },
    ]);
    const state = await replayed(call.room);
    const { call: ended } = state.state.phase === "ended" ? state.state : { call: null };
    expect(chunks[0]?.key).toBe(`chunks/${snapshot.workspaceId}/${ended?.callId}/00000.wav`);
    expect((await factTypes(call.room)).filter((type) => type === "live.ended")).toHaveLength(1);
  });

  test("that is lost or out of order on the way is relayed once and in order, or listed", async () => {
    const call = await streamedCall();
    const stream = await openStream(call, 1, 3000);
    const numbers = [1, 3, 2, 2, 4, 6, 5, 7, 8, 12, 11, 10, 14, 15, 16, 17, 18, 19, 13, 20, 1];
    for (const number of numbers) stream.sendFrames(number);
    stream.sendText("{ not a frame");
    // A line that has gone mad: a quarter of an hour in one message.
    const payload = btoa("a".repeat(7_200_000));
    stream.sendText({ event: "media", media: { track: "inbound", chunk: "21", payload } });
    stream.sendText({ event: "media", media: { track: "inbound", chunk: "x", payload: "//8=" } });
    stream.close();
    await hangUpAt(call, 3400);
    await liveEnded(call);
    const { right, wrong } = await heldFrames(call);
    expect(wrong).toEqual([]);
    // Frame 9 never came, and 13 came when six later ones had.
    const lost = [3160, 3240];
    expect(right).toEqual(frames(3000, 3400).filter((ms) => !lost.includes(ms)));
    expect(await told(call, "audio.gap")).toMatchObject(
      lost.map((startMs) => ({ channel: null, startMs, endMs: startMs + 20, reason: "frame_lost" })),
    );
  });

  test("whose stream drops is asked for again, and what was missed is listed", async () => {
    const call = await streamedCall();
    const first = await openStream(call, 1, 3000);
    first.speakUntil(5000);
    first.close(1011);
    const second = await openStream(call, 2, 6500);
    expect(await streamAsked(call, 2)).not.toBe(await streamAsked(call, 1));
    second.speakUntil(8000);
    second.close();
    await hangUpAt(call, 8000);
    await liveEnded(call);
    const { right, wrong } = await heldFrames(call);
    expect(wrong).toEqual([]);
    expect(right).toEqual([...frames(3000, 5000), ...frames(6500, 8000)]);
    expect(await told(call, "audio.gap")).toMatchObject([
      { channel: null, startMs: 5000, endMs: 6500, reason: "media_lost" },
    ]);
  });

  test("that comes again over the same stream lies where it was said", async () => {
    const call = await streamedCall();
    const first = await openStream(call, 1, 3000);
    first.speakUntil(5000);
    await savedUntil(call, 4700);
    first.close(1011);
    await first.closed;
    // By what happens then the room knows that the carrier's clock stands six seconds after the answer.
    await doorOf(call.room).deliver(call.notice("call.dtmf.received", 7000, { digit: "1" }));
    const { webSocket } = await connect(call, 1);
    if (webSocket === null) throw new Error("The room did not take the socket.");
    const again = new CarrierStream(webSocket, 6000);
    again.speakUntil(7000);
    await new Promise((resolve) => setTimeout(resolve, 600));
    again.speakUntil(7040);
    again.close();
    await hangUpAt(call, 10_000);
    await liveEnded(call);
    const [, second] = await told(call, "audio.stored");
    expect(second?.startMs).toBeGreaterThanOrEqual(6000);
    expect(await told(call, "audio.gap")).toMatchObject([{ startMs: 5000, endMs: second?.startMs }, { endMs: 10_000 }]);
  });

  test("survives a reset of its room, but for less than two seconds that are listed", async () => {
    const call = await streamedCall();
    const first = await openStream(call, 1, 3000);
    first.speakUntil(7000);
    const savedMs = await savedUntil(call, 6500);
    await reset(call.room);
    expect(await first.closed).not.toBe(1000);
    // The alarm of the watch finds that a stream is open by the journal, and none is there.
    expect(await runDurableObjectAlarm(stubOf(call.room))).toBe(true);
    const second = await openStream(call, 2, 8000);
    second.speakUntil(10_000);
    second.close();
    await hangUpAt(call, 10_000);
    await liveEnded(call);
    const { right, wrong } = await heldFrames(call);
    expect(wrong).toEqual([]);
    expect(right).toEqual([...frames(3000, savedMs), ...frames(8000, 10_000)]);
    expect(7000 - savedMs).toBeLessThan(2000);
    expect(await told(call, "audio.gap")).toMatchObject([
      { channel: null, startMs: savedMs, endMs: 8000, reason: "room_reset" },
    ]);
  });

  test("is kept through resets at any moment, and told once", async () => {
    const call = await streamedCall();
    const expected: number[] = [];
    const missing: { startMs: number; endMs: number }[] = [];
    for (let n = 1; n <= 4; n += 1) {
      const startMs = 3000 + (n - 1) * 5000;
      const stream = await openStream(call, n, startMs);
      stream.speakUntil(startMs + 4000);
      const savedMs = await savedUntil(call, startMs + 3500);
      expected.push(...frames(startMs, savedMs));
      missing.push({ startMs: savedMs, endMs: n === 4 ? 22_000 : startMs + 5000 });
      await reset(call.room);
      await runDurableObjectAlarm(stubOf(call.room));
    }
    await hangUpAt(call, 22_000);
    await reset(call.room);
    await runDurableObjectAlarm(stubOf(call.room));
    await liveEnded(call);
    await reset(call.room);
    await runDurableObjectAlarm(stubOf(call.room));
    const { right, wrong } = await heldFrames(call);
    expect(wrong).toEqual([]);
    expect(right).toEqual(expected);
    expect(await told(call, "audio.gap")).toMatchObject(missing);
    expect(await told(call, "live.ended")).toHaveLength(1);
  }, 30_000);

  test("is not kept while the recording is paused", async () => {
    const call = await streamedCall();
    const stream = await openStream(call, 1, 3000);
    stream.speakUntil(5000);
    await savedUntil(call, 4200);
    const wish = (action: "pause_recording" | "resume_recording") =>
      doorOf(call.room).steer({ workspaceId: snapshot.workspaceId, by: "user_x", key: action, wish: { action } });
    await wish("pause_recording");
    stream.speakUntil(8000);
    await until(
      () => kindsTo(call.controlId),
      (kinds) => kinds.includes("record_pause"),
    );
    await wish("resume_recording");
    stream.speakUntil(8100);
    // What is on the way when a pause ends was said before.
    await new Promise((resolve) => setTimeout(resolve, 400));
    const resumedMs = stream.positionMs;
    stream.speakUntil(9000);
    stream.close();
    await hangUpAt(call, 9000);
    await liveEnded(call);
    const { right, wrong } = await heldFrames(call);
    expect(wrong).toEqual([]);
    expect(right).toEqual([...frames(3000, 5000), ...frames(resumedMs, 9000)]);
    // No file of the call holds the span, not even as silence.
    const chunks = await told(call, "audio.stored");
    expect(chunks.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [3000, 5000],
      [resumedMs, 9000],
    ]);
    expect(await told(call, "audio.gap")).toMatchObject([{ startMs: 5000, endMs: resumedMs, reason: "paused" }]);
  });

  test("that never came is missing from where it was asked for", async () => {
    const call = await streamedCall();
    const stream_url = await streamAsked(call, 1);
    await doorOf(call.room).deliver(
      call.notice("streaming.failed", 3200, { failure_reason: "connection_failed", stream_params: { stream_url } }),
    );
    await hangUpAt(call, 20_000);
    await liveEnded(call);
    expect(await told(call, "audio.stored")).toEqual([]);
    expect(await told(call, "audio.gap")).toMatchObject([{ endMs: 20_000, reason: "media_lost" }]);
  });
});

describe("a media socket", () => {
  test("is taken once for each stream that is awaited, and for no other", async () => {
    const call = await streamedCall();
    expect((await connect(call, 1)).status).toBe(101);
    expect((await connect(call, 1)).status).toBe(409);
    const other = await stubOf(call.room).fetch("https://call-room/media?key=other", {
      headers: { upgrade: "websocket" },
    });
    expect(other.status).toBe(409);
    expect((await stubOf(call.room).fetch("https://call-room/media?key=other")).status).toBe(426);
  });

  test("is not taken by a room without a call, nor after the call", async () => {
    const open = (room: string) =>
      stubOf(room).fetch("https://call-room/media?key=x", { headers: { upgrade: "websocket" } });
    expect((await open(newCall().room)).status).toBe(409);
    const call = newCall();
    await talk(call);
    await doorOf(call.room).deliver(call.hangup());
    expect((await open(call.room)).status).toBe(409);
    expect(await kindsTo(call.controlId)).not.toContain("streaming_start");
    expect(await factTypes(call.room)).not.toContain("live.ended");
  });

  test("that drops after the call asks for no other", async () => {
    const call = await streamedCall();
    const stream = await openStream(call, 1, 3000);
    stream.speakUntil(4000);
    await hangUpAt(call, 4000);
    await liveEnded(call);
    expect(await stream.closed).toBe(1000);
    await new Promise((resolve) => setTimeout(resolve, 800));
    const asked = (await commandsTo(call.controlId)).filter(({ kind }) => kind === "streaming_start");
    expect(asked).toHaveLength(1);
  });
});
