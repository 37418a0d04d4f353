import { env } from "cloudflare:workers";
import { type CallRecord, mulawWavHeader, WAV_HEADER_BYTES } from "@earwitness/core";
import { AuditList, type RecordingId } from "@earwitness/shared";
import { beforeEach, expect, test } from "vitest";
import { audioResponse } from "../src/http/audio-response.ts";
import { addCall, addRecording } from "./setup/records.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

const SHA256 = "ab".repeat(32);
/** Both sides in µ-law: 16 bytes of samples are 1 ms. */
const DURATION_MS = 100_000;
const DATA_BYTES = DURATION_MS * 16;
const SIZE = WAV_HEADER_BYTES + DATA_BYTES;

const STORED = {
  sizeBytes: SIZE,
  sha256: SHA256,
  durationMs: DURATION_MS,
  contentType: "audio/wav",
  recordedAt: new Date("2026-11-20T10:00:05.678Z"),
};

let tenant: Tenant;
let call: CallRecord;
let recordingId: RecordingId;
beforeEach(async () => {
  tenant = await newTenant();
  call = await addCall(tenant);
  const r2Key = `recordings/${call.id}.wav`;
  const bytes = new Uint8Array(SIZE);
  bytes.set(mulawWavHeader(2, DATA_BYTES));
  await env.RECORDINGS.put(r2Key, bytes);
  const stored = { state: "stored", r2Key, sizeBytes: SIZE, sha256: SHA256, durationMs: DURATION_MS } as const;
  recordingId = (await addRecording(call, { ...stored, startedAt: new Date("2026-11-20T10:00:05.678Z") })).id;
});

const address = (query = "") => `/v1/recordings/${recordingId}/audio${query}`;
const play = async (range?: string, init: RequestInit = {}) => {
  const response = await tenant.browser.fetch(address(), {
    ...init,
    headers: { ...init.headers, ...(range && { range }) },
  });
  await response.arrayBuffer();
  return response;
};
/** What the log says was handed out of the recording, oldest first. */
const logged = async () => {
  const response = await tenant.browser.fetch(`/v1/audit?objectId=${recordingId}`);
  return AuditList.parse(await response.json()).entries.toReversed();
};

test("whoever plays a recording is in the log, with the seconds that they were handed", async () => {
  await play("bytes=0-");
  const entries = await logged();
  expect(entries).toEqual([
    expect.objectContaining({
      action: "recording.served",
      actor: expect.objectContaining({ kind: "user", name: expect.stringMatching(/^owner-/) }),
      details: expect.objectContaining({ callId: call.id, fromMs: 0, toMs: DURATION_MS, aheadMs: 0 }),
    }),
  ]);
});

test("a part is logged as the seconds that lie in it", async () => {
  await play(`bytes=${WAV_HEADER_BYTES + 16_000}-${WAV_HEADER_BYTES + 47_999}`);
  expect((await logged()).map(({ details }) => [details.fromMs, details.toMs])).toEqual([[1000, 3000]]);
});

test("a player that seeks within what it was just handed adds nothing; one that goes on adds a minute", async () => {
  const second = (n: number) => WAV_HEADER_BYTES + n * 16_000;
  await play(`bytes=0-${second(10) - 1}`);
  await play(`bytes=${second(3)}-${second(4) - 1}`);
  for (let n = 10; n < 40; n += 10) await play(`bytes=${second(n)}-${second(n + 10) - 1}`);
  expect((await logged()).map(({ details: { fromMs, toMs, aheadMs } }) => [fromMs, toMs, aheadMs])).toEqual([
    [0, 10_000, 0],
    [10_000, 70_000, 50_000],
  ]);
});

test("each key and each session is logged by itself", async () => {
  await play();
  for (const scope of ["read", "write", "read"] as const) {
    await (await tenant.call(address(), { scope })).arrayBuffer();
  }
  expect((await logged()).map(({ actor }) => actor.kind)).toEqual(["user", "apiKey", "apiKey"]);
});

test("nothing that hands out no sound is logged", async () => {
  expect((await play(undefined, { method: "HEAD" })).status).toBe(200);
  expect((await play(undefined, { headers: { "if-none-match": `"${SHA256}"` } })).status).toBe(304);
  expect((await play(`bytes=${SIZE}-`)).status).toBe(416);
  expect((await play("bytes=0-1")).status).toBe(206);
  expect(await logged()).toEqual([]);
});

test("a recording that the store has lost is not logged as handed out", async () => {
  await env.RECORDINGS.delete(`recordings/${call.id}.wav`);
  expect((await play()).status).toBe(404);
  expect(await logged()).toEqual([]);
});

test("a download is a file with a name, and logged as one", async () => {
  await play();
  const response = await tenant.browser.fetch(address("?download=1"));
  await response.arrayBuffer();
  expect(response.headers.get("content-disposition")).toBe(
    `attachment; filename="2026-11-20T10-00-05Z_${recordingId}.wav"`,
  );
  expect((await logged()).map(({ action }) => action)).toEqual(["recording.served", "recording.downloaded"]);
  expect((await tenant.browser.fetch(address("?download=yes"))).status).toBe(400);
});

test("no byte goes out before the log has it, and none at all where the log cannot take it", async () => {
  const request = new Request(`https://api.test${address()}`);
  const audio = { ...STORED, recordingId, callId: call.id, r2Key: `recordings/${call.id}.wav` };
  const failing = () => Promise.reject(new Error("The database is away."));
  const answer = { bucket: env.RECORDINGS, fileName: null };
  await expect(audioResponse(request, audio, { ...answer, onHandingOut: failing })).rejects.toThrow("away");

  let commit = () => {};
  const committed = new Promise<void>((resolve) => {
    commit = resolve;
  });
  let response: Response | undefined;
  const answering = audioResponse(request, audio, { ...answer, onHandingOut: () => committed }).then((given) => {
    response = given;
  });
  await scheduler.wait(50);
  expect(response).toBeUndefined();
  commit();
  await answering;
  expect((await response?.arrayBuffer())?.byteLength).toBe(SIZE);
});
