import { CallView, CoverageView, PeaksView, TranscriptView, type UploadView, uuidOf } from "@earwitness/shared";
import { beforeAll, describe, expect, test } from "vitest";
import { mp3 } from "../../packages/core/test/support/mp3.ts";
import { png } from "../../packages/core/test/support/pictures.ts";
import type { CarrierWord } from "../src/demo/carrier.ts";
import { compareWords } from "../src/demo/compare-words.ts";
import { type ApiClient, apiClient } from "../src/session/api-client.ts";
import type { OpenWorkspace } from "../src/session/open-workspace.ts";
import { held, readWav, type Sound, writeWav } from "./support/sound.ts";
import { announce, complete, type LocalFile, put, settled, sha256Of, upload } from "./support/upload.ts";
import { aCall, asked, inStorage, keyOf, logOf, newcomer } from "./support/upload-record.ts";
import { eventually, useStack } from "./support/use-stack.ts";
import { newCaller, settle } from "./support/whole-call.ts";

const product = useStack();
let workspace: OpenWorkspace;
/** A program of another workspace. */
let stranger: ApiClient;
/** The person of the workspace in their browser. */
let person: ApiClient;
/** A telephone call's sound, the caller's voice first, and what is said in it. */
let spoken: Sound;
let words: readonly CarrierWord[];

beforeAll(async () => {
  workspace = await product.openWorkspace();
  stranger = await newcomer(product);
  const origin = product.stack.urls.api;
  person = apiClient(origin, { cookie: workspace.cookie, origin });
  const from = newCaller();
  const callSessionId = await product.ringIn({ from });
  const { call, carrier } = await settle(product, workspace, { callSessionId, from });
  const audio = await workspace.client.fetch(`/v1/recordings/${call.recordings[0]?.id}/audio`);
  spoken = readWav(new Uint8Array(await audio.arrayBuffer()));
  words = carrier.recordings.flatMap((recording) => recording.words);
}, 120_000);

const picture = (bytes = png()): LocalFile => ({ kind: "screenshot", contentType: "image/png", bytes });
const wav = (sound: Sound, bits?: number): LocalFile => ({
  kind: "recording",
  contentType: "audio/wav",
  bytes: writeWav(sound, bits),
});
const CALL = {
  kind: "recording",
  direction: "inbound",
  from: "+49 30 901820",
  to: "+14155550100",
  startedAt: "2026-10-01T09:30:00+02:00",
};

describe("a file that is announced", () => {
  test("is put by just the request that was answered, once", async () => {
    const file = picture();
    const announced = await announce(workspace.client, file);
    expect(new URL(announced.url).searchParams.get("X-Amz-Expires")).toBe("600");
    expect(Date.parse(announced.expiresAt) - Date.now()).toBeLessThanOrEqual(600_000);

    const longer = Uint8Array.from([...file.bytes, 0]);
    const otherUrl = (change: (url: URL) => void) => {
      const url = new URL(announced.url);
      change(url);
      return { ...announced, url: url.href };
    };
    expect({
      anotherType: await put(announced, file.bytes, { "content-type": "text/html" }),
      anotherLength: await put(announced, longer),
      anotherChecksum: await put(announced, file.bytes, { "x-amz-checksum-sha256": btoa("0".repeat(32)) }),
      overWhatIsThere: await put(announced, file.bytes, { "if-none-match": '"x"' }),
      forLonger: await put(
        otherUrl((url) => url.searchParams.set("X-Amz-Expires", "6000")),
        file.bytes,
      ),
      elsewhere: await put(
        otherUrl((url) => (url.pathname += "x")),
        file.bytes,
      ),
      intoAnothersFolder: await put(
        otherUrl((url) => (url.pathname = url.pathname.replace("quarantine", "recordings"))),
        file.bytes,
      ),
    }).toEqual({
      anotherType: 403,
      anotherLength: 403,
      anotherChecksum: 403,
      overWhatIsThere: 403,
      forLonger: 403,
      elsewhere: 403,
      intoAnothersFolder: 403,
    });
    expect(await inStorage(product, await keyOf(product, announced.id))).toBe(false);
    expect(await put(announced, file.bytes)).toBe(200);
    expect(await put(announced, file.bytes)).toBe(412);
  });

  test("is nobody else's, and nothing before it is there", async () => {
    const announced = await announce(workspace.client, picture());
    const said = { kind: "avatar" };
    expect(await complete(stranger, announced.id, said)).toMatchObject({ status: 404 });
    // A key's upload is not a person's of the same workspace.
    expect(await complete(person, announced.id, said)).toMatchObject({ status: 404 });
    expect((await stranger.fetch(`/v1/uploads/${announced.id}`)).status).toBe(404);
    expect(await complete(workspace.client, announced.id, said)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: "#/kind" }] },
    });
    const recording = await announce(workspace.client, wav(spoken));
    expect(await complete(workspace.client, recording.id, CALL)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("not here yet") },
    });
    expect(await complete(workspace.client, recording.id, { ...CALL, from: "me" })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: "#/from" }] },
    });
  });

  test("cannot be of a type or a size that is not taken, or named by anything but its id", async () => {
    const refused = async (wish: object) => {
      const json = { kind: "avatar", contentType: "image/png", sizeBytes: 10, sha256: "0".repeat(64), ...wish };
      const answer = await person.fetch("/v1/uploads", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(json),
      });
      return answer.status;
    };
    expect(await refused({ contentType: "image/svg+xml" })).toBe(400);
    expect(await refused({ contentType: "image/png\r\nx-evil: 1" })).toBe(400);
    expect(await refused({ sizeBytes: 2 * 2 ** 20 + 1 })).toBe(413);
    expect(await refused({ sha256: "no" })).toBe(400);
    expect(await refused({ key: "recordings/x" })).toBe(400);
    expect((await person.fetch("/v1/uploads/..%2F..%2Frecordings")).status).toBe(400);
    expect((await workspace.client.fetch("/v1/calls/call_x/screenshots/..%2F..%2Favatars")).status).toBe(400);
  });

  test("is one of twenty at most for one person", async () => {
    const somebody = await newcomer(product);
    const asked = Array.from({ length: 25 }, () => announce(somebody, picture()).then(() => 201, String));
    const answers = await Promise.all(asked);
    expect(answers.filter((answer) => answer === 201)).toHaveLength(20);
    expect(answers.filter((answer) => String(answer).includes("429"))).toHaveLength(5);
  });

  test("and never comes, or of which nothing is said, is refused when its time is over, and deleted", async () => {
    const file = picture();
    const [absent, unsaid] = [await announce(workspace.client, file), await announce(workspace.client, file)];
    await put(unsaid, file.bytes);
    const key = await keyOf(product, unsaid.id);
    await asked(product, "update uploads set expires_at = now() - interval '3 hours' where id = any ($1)", [
      [uuidOf(absent.id), uuidOf(unsaid.id)],
    ]);
    const said = { kind: "screenshot", callId: (await aCall(workspace)).id };
    expect(await complete(workspace.client, unsaid.id, said)).toMatchObject({ status: 422 });
    await Promise.all([product.stack.cron("*/5 * * * *"), product.stack.cron("*/5 * * * *")]);
    expect(await settled(workspace.client, absent.id)).toMatchObject({
      state: "refused",
      reason: expect.stringMatching(/did not come/),
    });
    expect(await settled(workspace.client, unsaid.id)).toMatchObject({
      state: "refused",
      reason: expect.stringMatching(/Nobody said/),
    });
    expect(await inStorage(product, key)).toBe(false);
    expect(await complete(workspace.client, unsaid.id, said)).toMatchObject({ status: 422 });
    expect(await logOf(product, unsaid.id)).toEqual(["upload.announced", "upload.refused"]);
  });
});

describe("a recording that was made elsewhere", () => {
  const caller = (): Sound => ({ ...spoken, channels: spoken.channels.slice(0, 1) });
  const settledCall = (view: UploadView) =>
    eventually("the transcript of the upload", async () => {
      const call = await workspace.client.request(CallView, "GET", `/v1/calls/${view.callId}`);
      return call.transcriptState === "ready" || call.transcriptState === "failed" ? call : undefined;
    });

  test("becomes a call whose transcript is what is said in it", async () => {
    const file = wav(spoken);
    const announced = await announce(workspace.client, file);
    await put(announced, file.bytes);
    const first = await complete(workspace.client, announced.id, CALL);
    expect(first).toMatchObject({ status: 202, view: { state: "checking", callId: null } });
    const view = await settled(workspace.client, announced.id);
    expect(view).toMatchObject({ state: "accepted", reason: null });
    // The same again is the same, and something else is told apart.
    expect(await complete(workspace.client, announced.id, CALL)).toMatchObject({ status: 200, body: view });
    expect(await complete(workspace.client, announced.id, { ...CALL, direction: "outbound" })).toMatchObject({
      status: 409,
    });

    const call = await settledCall(view);
    const durationMs = Math.round(((spoken.channels[0]?.length ?? 0) * 1000) / spoken.rate);
    expect(call).toMatchObject({
      state: "ended",
      carrier: "upload",
      direction: "inbound",
      from: "+4930901820",
      to: "+14155550100",
      startedAt: "2026-10-01T07:30:00.000Z",
      endedAt: new Date(Date.parse("2026-10-01T07:30:00.000Z") + durationMs).toISOString(),
      durationMs,
      hangupCause: "completed",
      recordingState: "stored",
      transcriptState: "ready",
      legs: [],
    });
    expect(call.recordings).toMatchObject([
      { state: "stored", sha256: sha256Of(file.bytes), sizeBytes: file.bytes.length, channels: 2, failure: null },
    ]);
    const transcript = await workspace.client.request(TranscriptView, "GET", `/v1/calls/${call.id}/transcript`);
    expect(compareWords(words, transcript)).toMatchObject({ wordErrorRate: 0, said: words.length });
    const coverage = await workspace.client.request(CoverageView, "GET", `/v1/calls/${call.id}/coverage`);
    const frames = Math.round(durationMs / 20) * 20;
    expect(coverage).toMatchObject({
      isFinal: true,
      answeredMs: frames,
      recordedMs: frames,
      missingMs: 0,
      missing: [],
    });

    const recordingId = call.recordings[0]?.id ?? "";
    const peaks = await workspace.client.request(PeaksView, "GET", `/v1/recordings/${recordingId}/peaks`);
    expect(peaks.peaks).toHaveLength(2);
    const served = await workspace.client.fetch(`/v1/recordings/${recordingId}/audio`);
    expect(sha256Of(new Uint8Array(await served.arrayBuffer()))).toBe(sha256Of(file.bytes));
    expect(call.recordings[0]?.r2Key).toMatch(/^recordings\/ws_\w+\/call_\w+\/rec_\w+\.wav$/);
    expect(await inStorage(product, call.recordings[0]?.r2Key ?? "")).toBe(true);
    expect(await logOf(product, announced.id)).toEqual(["upload.announced", "upload.accepted"]);
    // It is the workspace's alone.
    expect((await stranger.fetch(`/v1/calls/${call.id}`)).status).toBe(404);
    expect((await stranger.fetch(`/v1/recordings/${recordingId}/audio`)).status).toBe(404);
  });

  test.each([8_000, 16_000, 44_100])("may be of one voice alone, at %i Hz", async (rate) => {
    const sound = rate === spoken.rate ? caller() : held(caller(), rate);
    const view = await upload(workspace.client, wav(sound), { ...CALL, direction: "outbound", language: "en" });
    expect(view.reason).toBeNull();
    const call = await settledCall(view);
    expect(call).toMatchObject({ direction: "outbound", transcriptState: "ready", recordings: [{ channels: 1 }] });
    const { utterances } = await workspace.client.request(TranscriptView, "GET", `/v1/calls/${call.id}/transcript`);
    const said = words.filter(({ speaker }) => speaker === "caller").map(({ text }) => text);
    expect(utterances.flatMap(({ words }) => words.map(({ text }) => text))).toEqual(said);
  });

  test("may be an MP3, as long as its frames", async () => {
    const bytes = mp3({ rate: 44_100, channels: 2, frames: 500, id3Bytes: 2_000 });
    const view = await upload(workspace.client, { kind: "recording", contentType: "audio/mpeg", bytes }, CALL);
    const call = await eventually("the MP3 to be stored", async () => {
      const call = await workspace.client.request(CallView, "GET", `/v1/calls/${view.callId}`);
      return call.recordingState === "stored" ? call : undefined;
    });
    const durationMs = Math.round((500 * 1152 * 1000) / 44_100);
    expect(call).toMatchObject({ durationMs, recordings: [{ channels: 2, durationMs, contentType: "audio/mpeg" }] });
    const coverage = await workspace.client.request(CoverageView, "GET", `/v1/calls/${call.id}/coverage`);
    expect(coverage).toMatchObject({ missingMs: 0, recordedMs: coverage.answeredMs });
  });

  test.each([
    ["a page of HTML", () => new TextEncoder().encode("<html>".repeat(500)), () => ({}), /not a WAV file/],
    ["samples of 24 bits", () => writeWav(caller(), 24), () => ({}), /PCM of 16 bits/],
    [
      "six channels",
      () => writeWav({ rate: 8_000, channels: Array(6).fill(new Int16Array(800)) }),
      () => ({}),
      /6 channels/,
    ],
    ["no sound", () => writeWav({ rate: 8_000, channels: [new Int16Array(0)] }), () => ({}), /no sound/],
    ["a caller on a channel that is not there", () => writeWav(caller()), () => ({ callerChannel: 2 }), /one channel/],
    [
      "a call that would not be over yet",
      () => writeWav({ rate: 8_000, channels: [new Int16Array(8_000 * 400)] }),
      () => ({ startedAt: new Date().toISOString() }),
      /not be over/,
    ],
  ])("is refused with words: %s", async (_, bytes, changes, why) => {
    const file = { kind: "recording", contentType: "audio/wav", bytes: Uint8Array.from(bytes()) } as const;
    const view = await upload(workspace.client, file, { ...CALL, ...changes() });
    expect(view).toMatchObject({ state: "refused", reason: expect.stringMatching(why), callId: null });
    expect(await inStorage(product, await keyOf(product, view.id))).toBe(false);
  });

  test("whose bytes are others than were announced is refused, though the storage took them", async () => {
    const file = wav(caller());
    const announced = await announce(workspace.client, file, { sha256: "0".repeat(64) });
    expect(await put(announced, file.bytes)).toBe(200);
    await complete(workspace.client, announced.id, CALL);
    const view = await settled(workspace.client, announced.id);
    expect(view).toMatchObject({ state: "refused", reason: expect.stringContaining("SHA-256") });
    expect(await complete(workspace.client, announced.id, CALL)).toMatchObject({ status: 200, body: view });
    expect(await inStorage(product, await keyOf(product, announced.id))).toBe(false);
  });
});
