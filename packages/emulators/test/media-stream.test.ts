import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeAlaw } from "../src/audio/alaw.ts";
import { encodeMulaw } from "../src/audio/mulaw.ts";
import { interleave } from "../src/audio/wav.ts";
import { telnyxClient } from "./support/answering-app.ts";
import type { Connection } from "./support/media-server.ts";
import { type Stage, startStage } from "./support/streamed-call.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const both = { format: "wav", channels: "dual" } as const;

/** A call with a script that is recorded and streamed to its end. */
async function wholeCall(options: Parameters<Stage["stream"]>[1] = {}, request: object = { script: "short" }) {
  const { id, legId } = await stage.answered(request);
  const socket = await stage.stream(id, options);
  await stage.actions.startRecording(id, both);
  await stage.receiver.event("call.hangup", legId);
  await stage.media.until("the end of the socket", () => socket.closed !== undefined);
  return { id, legId, socket, ...(await stage.recorded(legId)) };
}

/** Where the recording begins in the stream, in samples. */
function offsetOf({ recordings, streams }: Awaited<ReturnType<typeof wholeCall>>["detail"]): number {
  return ((recordings[0]?.startMs ?? 0) - (streams[0]?.startMs ?? 0)) * 8;
}

const startOf = ({ frames }: Connection) => frames.find(({ event }) => event === "start");

describe("a media stream", () => {
  test("carries both tracks, sample for sample what the recording has", async () => {
    const { socket, remote, local, detail } = await wholeCall();
    const offset = offsetOf(detail);
    for (const [track, pcm] of [
      ["inbound", remote],
      ["outbound", local],
    ] as const) {
      const heard = socket.sound(track).subarray(offset);
      // The recording ends with the call, the stream with the last whole frame of it.
      expect(pcm.length - heard.length).toBeGreaterThanOrEqual(0);
      expect(pcm.length - heard.length).toBeLessThan(160);
      expect(Buffer.from(encodeMulaw(pcm)).subarray(0, heard.length).equals(heard)).toBe(true);
      expect(pcm.some((sample) => Math.abs(sample) > 3000)).toBe(true);
    }
    expect(detail.recordings[0]?.words).toHaveLength(15);
  });

  test("says what it is, then every frame of both tracks once and in order, then stop", async () => {
    const { id, socket, detail } = await wholeCall({
      stream_auth_token: "per-call-secret",
      custom_parameters: [{ name: "call", value: "c_1" }],
      client_state: "eyJ2IjoxfQ==",
    });
    expect(socket.headers["x-telnyx-streaming-auth-token"]).toBe("per-call-secret");
    const [connected, start, ...rest] = socket.frames;
    expect(connected).toEqual({
      event: "connected",
      version: "1.0.0",
      connected: { "x-telnyx-streaming-auth-token": "per-call-secret" },
    });
    expect(start).toMatchObject({
      event: "start",
      sequence_number: "1",
      start: {
        call_control_id: id,
        custom_parameters: { call: "c_1" },
        client_state: "eyJ2IjoxfQ==",
        media_format: { encoding: "PCMU", sample_rate: 8000, channels: 1 },
      },
    });
    expect(rest.at(-1)).toMatchObject({ event: "stop", stop: { call_control_id: id } });
    expect(new Set(rest.map(({ stream_id }) => stream_id))).toEqual(new Set([start?.stream_id]));
    expect(rest.map((frame) => Number(frame.sequence_number))).toEqual(rest.map((_, index) => index + 2));
    for (const track of ["inbound", "outbound"] as const) {
      const frames = socket.media(track);
      expect(frames.length).toBe(detail.streams[0]?.tracks[track]?.sent);
      expect(frames.map(({ chunk, timestamp }) => [chunk, timestamp])).toEqual(
        frames.map((_, index) => [String(index + 1), String(index * 20)]),
      );
    }
  });

  test("has its events: the start at the call time of the first sample, the end with the call", async () => {
    const { legId, detail } = await wholeCall();
    const started = await stage.receiver.waitFor(
      ({ body: { data } }) => data?.event_type === "streaming.started" && data.payload.call_leg_id === legId,
    );
    const { startMs = 0, endMs = 0, url, closedBy } = detail.streams[0] ?? {};
    const occurredMs = Date.parse(started.body.data?.occurred_at ?? "") - Date.parse(detail.startedAt);
    expect(occurredMs).toBe(startMs);
    expect(started.body.data?.payload).toMatchObject({ stream_url: url });
    expect(await stage.receiver.event("streaming.stopped", legId)).toMatchObject({ stream_url: url });
    expect({ endMs, closedBy }).toEqual({ endMs: detail.endedMs, closedBy: "hangup" });
  });

  test("has one track where one was asked for, the caller's by default", async () => {
    const { socket } = await wholeCall({ stream_track: "outbound_track" });
    expect(socket.media("inbound")).toHaveLength(0);
    expect(socket.media("outbound").length).toBeGreaterThan(300);
    const { id } = await stage.answered({ hangupBy: "nobody" });
    await stage.actions.startStreaming(id, { stream_url: `${stage.media.url}/default` });
    const other = await stage.media.connection("/default");
    await stage.media.until("ten frames", () => other.media("inbound").length > 10);
    expect(other.media("outbound")).toHaveLength(0);
    await stage.actions.hangup(id, {});
  });

  test.each([
    ["PCMA", encodeAlaw],
    ["L16", (pcm: Int16Array) => Buffer.from(interleave([pcm])).swap16()],
  ] as const)("speaks %s when asked", async (codec, encode) => {
    const { socket, remote, detail } = await wholeCall({ stream_codec: codec });
    expect(startOf(socket)?.start?.media_format.encoding).toBe(codec);
    const bytes = Buffer.from(encode(remote));
    const heard = socket.sound("inbound").subarray(offsetOf(detail) * (bytes.length / remote.length));
    expect(bytes.subarray(0, heard.length).equals(heard)).toBe(true);
    expect(heard.length).toBeGreaterThan(8000);
  });

  test("refuses codecs that it does not speak, and MP3, with 501", async () => {
    const { id } = await stage.answered({ hangupBy: "nobody" });
    const stream_url = stage.media.url;
    for (const fields of [{ stream_codec: "OPUS" }, { stream_bidirectional_mode: "mp3" }] as const) {
      const refused = stage.actions.startStreaming(id, { stream_url, ...fields });
      await expect(refused).rejects.toMatchObject({ status: 501 });
    }
    await stage.actions.hangup(id, {});
  });
});

test("a stream can be asked for with the answer, and speaks the caller's own codec when none is named", async () => {
  const { callControlId, callLegId } = await stage.control.call({ hangupBy: "nobody", codec: "PCMA" });
  const stream_url = `${stage.media.url}/with-answer`;
  await stage.actions.answer(callControlId, { stream_url, stream_track: "both_tracks" });
  const socket = await stage.media.connection("/with-answer");
  await stage.media.until("the start", () => startOf(socket) !== undefined);
  expect(startOf(socket)?.start?.media_format.encoding).toBe("PCMA");
  expect(await stage.receiver.event("call.answered", callLegId)).toMatchObject({
    codec: "PCMA",
    stream_url,
    stream_track: "both_tracks",
  });
  await stage.actions.hangup(callControlId, {});
});

test("a stream can be asked for with the dial, with a token, and begins with the answer", async () => {
  const { data } = await telnyxClient(stage.emulators).calls.dial({
    connection_id: stage.emulators.telnyx.connectionId,
    from: "+12125550100",
    to: "+13105559999",
    stream_url: `${stage.media.url}/with-dial`,
    stream_auth_token: "secret of this call",
  });
  const socket = await stage.media.connection("/with-dial");
  expect(socket.headers["x-telnyx-streaming-auth-token"]).toBe("secret of this call");
  const legId = data?.call_leg_id ?? "";
  await stage.receiver.event("streaming.started", legId);
  const { streams, timeline } = await stage.control.detail(legId);
  const answeredMs = timeline.find(({ name }) => name === "call.answered")?.atMs ?? Number.NaN;
  expect(streams[0]?.startMs).toBeGreaterThanOrEqual(answeredMs);
  await stage.actions.hangup(data?.call_control_id ?? "", {});
});

test("a socket that is refused is told as streaming.failed, and the people do not wait for it", async () => {
  const { id, legId } = await stage.answered({ script: "short" });
  await stage.actions.startRecording(id, both);
  await stage.actions.startStreaming(id, { stream_url: `${stage.media.url}/forbidden`, stream_track: "both_tracks" });
  expect(await stage.receiver.event("streaming.failed", legId)).toMatchObject({
    failure_reason: "connection_failed",
    stream_type: "websocket",
    stream_params: { stream_url: `${stage.media.url}/forbidden`, track: "both_tracks" },
  });
  const { detail } = await stage.recorded(legId);
  expect(detail.streams[0]?.state).toBe("failed");
  expect(detail.recordings[0]?.words).toHaveLength(15);
});

test("people begin 200 ms after the first frame at the earliest", async () => {
  const { id, legId } = await stage.answered({ script: "short" });
  await stage.actions.startRecording(id, both);
  await stage.stream(id);
  await stage.receiver.event("call.hangup", legId);
  const { script, streams } = await stage.control.detail(legId);
  expect((script?.beganMs ?? 0) - (streams[0]?.startMs ?? 0)).toBeGreaterThanOrEqual(200 * 10);
});
