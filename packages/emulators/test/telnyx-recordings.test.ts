import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WavReader } from "../src/audio/wav-reader.ts";
import { type Emulators, startEmulators } from "../src/index.ts";
import { type AnsweringApp, startAnsweringApp } from "./support/answering-app.ts";
import { door } from "./support/door.ts";

let emulators: Emulators;
let app: AnsweringApp;

beforeAll(async () => {
  emulators = await startEmulators({ telnyx: { pace: 50 } });
  app = await startAnsweringApp(emulators);
});
afterAll(async () => {
  await emulators.close();
  await app.close();
});

async function recorded(request: object = {}): Promise<{ url: string; legId: string; recordingId: string }> {
  const { callLegId } = await door(emulators.control.url).call({ script: "short", ...request });
  const saved = await app.event("call.recording.saved", callLegId);
  return { url: saved.recording_urls?.wav ?? "", legId: callLegId, recordingId: saved.recording_id ?? "" };
}

function decode(bytes: Uint8Array): Int16Array[] {
  const reader = new WavReader();
  const channels = reader.push(bytes);
  expect(reader.finish().sampleHz).toBe(8000);
  return channels;
}

const loudest = (pcm: Int16Array | undefined) =>
  (pcm ?? new Int16Array(0)).reduce((max, s) => Math.max(max, Math.abs(s)), 0);

describe("the file", () => {
  test("lies at a presigned URL that refuses an Authorization header, a changed path and another method", async () => {
    const { url } = await recorded();
    const { searchParams } = new URL(url);
    expect(searchParams.get("X-Amz-Expires")).toBe("600");
    const refused = await fetch(url, { headers: { authorization: "Bearer key" } });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain("Only one auth mechanism allowed");
    const forged = await fetch(url.replace(/\d{4}-\d\d-\d\d/, "2020-01-01"));
    expect(forged.status).toBe(403);
    expect(await forged.text()).toContain("SignatureDoesNotMatch");
    const longer = await fetch(url.replace("X-Amz-Expires=600", "X-Amz-Expires=60000"));
    expect(longer.status).toBe(403);
    expect((await fetch(url.split("?")[0] ?? "")).status).toBe(403);
    expect((await fetch(url, { method: "HEAD" })).status).toBe(403);
    expect((await fetch(url)).headers.get("content-type")).toBe("audio/wav");
  });

  test("can be had in ranges", async () => {
    const { url } = await recorded();
    const whole = new Uint8Array(await (await fetch(url)).arrayBuffer());
    const part = await fetch(url, { headers: { range: "bytes=100-299" } });
    expect(part.status).toBe(206);
    expect(part.headers.get("content-range")).toBe(`bytes 100-299/${whole.length}`);
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(whole.subarray(100, 300));
    const tail = await fetch(url, { headers: { range: "bytes=-10" } });
    expect(new Uint8Array(await tail.arrayBuffer())).toEqual(whole.subarray(-10));
    expect((await fetch(url, { headers: { range: `bytes=${whole.length}-` } })).status).toBe(416);
  });

  test("dies with its URL, and a fresh URL of the same recording brings it back", async () => {
    const short = await startEmulators({ telnyx: { pace: 50, recordingUrlSecs: 1 } });
    const quick = await startAnsweringApp(short);
    try {
      const { callLegId } = await door(short.control.url).call({ script: "short" });
      const saved = await quick.event("call.recording.saved", callLegId);
      await new Promise((resolve) => setTimeout(resolve, 2100));
      const expired = await fetch(saved.recording_urls?.wav ?? "");
      expect(expired.status).toBe(403);
      expect(await expired.text()).toContain("Request has expired");
      const { data } = await quick.telnyx.recordings.retrieve(saved.recording_id ?? "");
      expect((await fetch(data?.download_urls?.wav ?? "")).status).toBe(200);
    } finally {
      await short.close();
      await quick.close();
    }
  });

  test("of two gigabytes streams in constant memory, with its length", { timeout: 60_000 }, async () => {
    const bytes = 2 ** 31 + 4;
    const { url, legId } = await recorded({ recordingBytes: bytes });
    const before = process.memoryUsage().rss;
    let most = 0;
    let size = 0;
    const response = await fetch(url);
    expect(response.headers.get("content-length")).toBe(String(bytes));
    for await (const piece of response.body ?? []) {
      size += piece.length;
      most = Math.max(most, process.memoryUsage().rss);
    }
    expect(size).toBe(bytes);
    expect(most - before).toBeLessThan(200 * 1024 * 1024);
    const listed = await app.telnyx.recordings.list({ filter: { call_leg_id: legId } });
    const duration = listed.data?.[0]?.duration_millis ?? 0;
    expect(duration).toBe(Math.round((bytes - 44) / 32));
  });
});

describe("what is in it", () => {
  test("channel A is the caller, channel B what is said to them, and the announcement before the start is not in it", async () => {
    const { url, legId } = await recorded();
    const [left, right] = decode(new Uint8Array(await (await fetch(url)).arrayBuffer()));
    const { recordings } = await door(emulators.control.url).detail(legId);
    const words = recordings[0]?.words ?? [];
    for (const word of words) {
      const [from, to] = [word.startMs * 8, word.endMs * 8];
      const [own, other] = word.speaker === "caller" ? [left, right] : [right, left];
      expect(loudest(own?.subarray(from, to))).toBeGreaterThan(500);
      expect(loudest(other?.subarray(from, to))).toBe(0);
    }
    const first = words[0]?.startMs ?? 0;
    expect(loudest(right?.subarray(0, first * 8))).toBe(0);
  });

  test("a paused stretch is silent, and the file is as long as the recording", async () => {
    const { callLegId, callControlId } = await door(emulators.control.url).call({ hangupBy: "nobody" });
    const { actions } = app.telnyx.calls;
    const control = door(emulators.control.url);
    await app.event("call.speak.ended", callLegId);
    for (let tries = 0; tries < 400 && (await control.detail(callLegId)).script?.beganMs === null; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await actions.pauseRecording(callControlId, {});
    await new Promise((resolve) => setTimeout(resolve, 100));
    await actions.resumeRecording(callControlId, {});
    await new Promise((resolve) => setTimeout(resolve, 400));
    await actions.stopRecording(callControlId, {});
    const saved = await app.event("call.recording.saved", callLegId);
    const { recordings, script } = await control.detail(callLegId);
    const lost = (script?.words.length ?? 0) - (recordings[0]?.words.length ?? 0);
    expect(lost).toBeGreaterThan(0);
    const channels = decode(new Uint8Array(await (await fetch(saved.recording_urls?.wav ?? "")).arrayBuffer()));
    expect(Math.abs((channels[0]?.length ?? 0) / 8 - (recordings[0]?.durationMs ?? 0))).toBeLessThan(1);
    const detail = await control.get(`/calls/${callLegId}`);
    const pause = Reflect.get(Object(Reflect.get(Object(detail), "recordings")[0]), "pauses")[0];
    const startMs: number = Reflect.get(Object(Reflect.get(Object(detail), "recordings")[0]), "startMs");
    for (const pcm of channels) {
      const stretch = pcm.subarray(Math.ceil((pause.fromMs - startMs) * 8), Math.floor((pause.toMs - startMs) * 8));
      expect(stretch.length).toBeGreaterThan(8000);
      expect(loudest(stretch)).toBe(0);
    }
    await actions.hangup(callControlId, {});
  });

  test("a single-channel recording mixes both sides", async () => {
    const mono = await startEmulators({ telnyx: { pace: 50 } });
    const own = await startAnsweringApp(mono, { channels: "single" });
    try {
      const { callLegId } = await door(mono.control.url).call({ script: "short" });
      const saved = await own.event("call.recording.saved", callLegId);
      const channels = decode(new Uint8Array(await (await fetch(saved.recording_urls?.wav ?? "")).arrayBuffer()));
      const { recordings } = await door(mono.control.url).detail(callLegId);
      expect(channels).toHaveLength(1);
      for (const word of recordings[0]?.words ?? []) {
        expect(loudest(channels[0]?.subarray(word.startMs * 8, word.endMs * 8))).toBeGreaterThan(500);
      }
    } finally {
      await mono.close();
      await own.close();
    }
  });
});

describe("faults", () => {
  test("a transfer breaks off after some bytes, and the next one is whole", async () => {
    const { url, legId } = await recorded();
    const { recordings } = await door(emulators.control.url).detail(legId);
    await door(emulators.control.url).fault({ target: "recording", effect: "cut", bytes: 50_000 });
    const response = await fetch(url);
    expect(Number(response.headers.get("content-length"))).toBe(recordings[0]?.sizeBytes);
    let received = 0;
    const reading = (async () => {
      for await (const piece of response.body ?? []) received += piece.length;
    })();
    await expect(reading).rejects.toThrow();
    expect(received).toBe(50_000);
    const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(recordings[0]?.sha256);
  });

  test("a URL can expire early, and the bucket can fail", async () => {
    const { url } = await recorded();
    const control = door(emulators.control.url);
    await control.fault({ target: "recording", effect: "expire" });
    expect((await fetch(url)).status).toBe(403);
    await control.fault({ target: "recording", effect: "status", status: 503 });
    expect((await fetch(url)).status).toBe(503);
    await control.fault({ target: "recording", effect: "drop" });
    await expect(fetch(url)).rejects.toThrow();
    expect((await fetch(url)).status).toBe(200);
  });

  test("the API can fail, be slow, or hang up without an answer", async () => {
    const control = door(emulators.control.url);
    await control.fault({
      target: "telnyx",
      match: { path: "/balance" },
      effect: "status",
      status: 503,
      retryAfterSecs: 7,
    });
    const failed = await fetch(`${emulators.telnyx.url}/v2/balance`);
    expect([failed.status, failed.headers.get("retry-after")]).toEqual([503, "7"]);
    await control.fault({ target: "telnyx", match: { path: "/balance" }, effect: "drop" });
    await expect(fetch(`${emulators.telnyx.url}/v2/balance`)).rejects.toThrow();
    await control.fault({ target: "telnyx", match: { path: "/balance" }, effect: "delay", delayMs: 120 });
    const started = performance.now();
    expect((await app.telnyx.balance.retrieve()).data?.currency).toBe("USD");
    expect(performance.now() - started).toBeGreaterThanOrEqual(115);
    await expect(control.fault({ target: "telnyx", effect: "expire" })).rejects.toThrow("400");
  });
});

test("a recording can be read, listed by leg, and deleted, file and all", async () => {
  const { url, legId, recordingId } = await recorded();
  const { recordings } = app.telnyx;
  const { data } = await recordings.retrieve(recordingId);
  expect(data).toMatchObject({ call_leg_id: legId, channels: "dual", status: "completed", source: "call" });
  const listed: (string | undefined)[] = [];
  for await (const recording of recordings.list({ filter: { call_leg_id: legId } })) listed.push(recording.id);
  expect(listed).toEqual([recordingId]);
  await recordings.delete(recordingId);
  expect((await fetch(url)).status).toBe(404);
  await expect(recordings.retrieve(recordingId)).rejects.toMatchObject({ status: 404 });
});
