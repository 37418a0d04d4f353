import { withClient } from "@earwitness/local-postgres";
import {
  CallList,
  CallView,
  CoverageView,
  CreatedApiKey,
  MemberList,
  MeView,
  PeaksView,
  ScreenshotList,
  TranscriptView,
  type UploadId,
  type UploadView,
  uuidOf,
} from "@earwitness/shared";
import { beforeAll, describe, expect, test } from "vitest";
import { mp3 } from "../../packages/core/test/support/mp3.ts";
import { jpeg, png, webp } from "../../packages/core/test/support/pictures.ts";
import type { CarrierWord } from "../src/demo/carrier.ts";
import { compareWords } from "../src/demo/compare-words.ts";
import { type ApiClient, apiClient } from "../src/session/api-client.ts";
import type { OpenWorkspace } from "../src/session/open-workspace.ts";
import { confirmSignIn, requestSignInLink } from "../src/session/sign-in.ts";
import { held, readWav, type Sound, writeWav } from "./support/sound.ts";
import { announce, complete, type LocalFile, put, settled, sha256Of, upload } from "./support/upload.ts";
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
  stranger = await newcomer();
  const origin = product.stack.urls.api;
  person = apiClient(origin, { cookie: workspace.cookie, origin });
  const from = newCaller();
  const callSessionId = await product.ringIn({ from });
  const { call, carrier } = await settle(product, workspace, { callSessionId, from });
  const audio = await workspace.client.fetch(`/v1/recordings/${call.recordings[0]?.id}/audio`);
  spoken = readWav(new Uint8Array(await audio.arrayBuffer()));
  words = carrier.recordings.flatMap((recording) => recording.words);
}, 120_000);

/** Somebody else with a workspace of their own, in which there is no number yet, by a key of it. */
async function newcomer(): Promise<ApiClient> {
  const { urls, emulators } = product.stack;
  const at = { apiUrl: urls.api, appOrigin: urls.api, mailboxUrl: emulators.control.url };
  const link = await requestSignInLink({ ...at, email: `newcomer-${crypto.randomUUID()}@example.com` });
  const cookie = await confirmSignIn({ ...at, link });
  const browser = apiClient(urls.api, { cookie, origin: urls.api });
  const { key } = await browser.request(CreatedApiKey, "POST", "/v1/api-keys", { name: "Theirs", scope: "write" });
  return apiClient(urls.api, { authorization: `Bearer ${key}` });
}

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

async function inStorage(key: string): Promise<boolean> {
  const bucket = await product.stack.runtime.miniflare.getR2Bucket("RECORDINGS", "earwitness-jobs");
  return (await bucket.head(key)) !== null;
}

/** Asks the record as the system does, for which there is no wall between workspaces. */
async function asked(sql: string, values: unknown[]): Promise<Record<string, unknown>[]> {
  return withClient(product.stack.databaseUrl, async (client) => {
    await client.query("select set_config('app.actor', 'system', false)");
    return (await client.query(sql, values)).rows;
  });
}

async function keyOf(id: UploadId): Promise<string> {
  const [row] = await asked("select r2_key from uploads where id = $1", [uuidOf(id)]);
  if (row === undefined) throw new Error(`There is no upload ${id}`);
  return String(row.r2_key);
}

/** What the audit log says of an upload, in order. */
async function logOf(id: UploadId): Promise<unknown[]> {
  return (await asked("select action from audit_entries where object_id = $1 order by n", [id])).map(
    ({ action }) => action,
  );
}

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
    expect(await inStorage(await keyOf(announced.id))).toBe(false);
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
    const somebody = await newcomer();
    const asked = Array.from({ length: 25 }, () => announce(somebody, picture()).then(() => 201, String));
    const answers = await Promise.all(asked);
    expect(answers.filter((answer) => answer === 201)).toHaveLength(20);
    expect(answers.filter((answer) => String(answer).includes("429"))).toHaveLength(5);
  });

  test("and never comes, or of which nothing is said, is refused when its time is over, and deleted", async () => {
    const file = picture();
    const [absent, unsaid] = [await announce(workspace.client, file), await announce(workspace.client, file)];
    await put(unsaid, file.bytes);
    const key = await keyOf(unsaid.id);
    await asked("update uploads set expires_at = now() - interval '3 hours' where id = any ($1)", [
      [uuidOf(absent.id), uuidOf(unsaid.id)],
    ]);
    const said = { kind: "screenshot", callId: (await aCall()).id };
    expect(await complete(workspace.client, unsaid.id, said)).toMatchObject({ status: 422 });
    await Promise.all([product.stack.cron("*/5 * * * *"), product.stack.cron("*/5 * * * *")]);
    expect(await settled(workspace.client, absent.id)).toMatchObject({ state: "refused", reason: /did not come/ });
    expect(await settled(workspace.client, unsaid.id)).toMatchObject({ state: "refused", reason: /Nobody said/ });
    expect(await inStorage(key)).toBe(false);
    expect(await complete(workspace.client, unsaid.id, said)).toMatchObject({ status: 422 });
    expect(await logOf(unsaid.id)).toEqual(["upload.announced", "upload.refused"]);
  });
});

/** Some call of the workspace. */
async function aCall() {
  const [call] = (await workspace.client.request(CallList, "GET", "/v1/calls")).calls;
  if (call === undefined) throw new Error("There is no call");
  return call;
}

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
    expect(await inStorage(call.recordings[0]?.r2Key ?? "")).toBe(true);
    expect(await logOf(announced.id)).toEqual(["upload.announced", "upload.accepted"]);
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
    expect(await inStorage(await keyOf(view.id))).toBe(false);
  });

  test("whose bytes are others than were announced is refused, though the storage took them", async () => {
    const file = wav(caller());
    const announced = await announce(workspace.client, file, { sha256: "0".repeat(64) });
    expect(await put(announced, file.bytes)).toBe(200);
    await complete(workspace.client, announced.id, CALL);
    const view = await settled(workspace.client, announced.id);
    expect(view).toMatchObject({ state: "refused", reason: expect.stringContaining("SHA-256") });
    expect(await complete(workspace.client, announced.id, CALL)).toMatchObject({ status: 200, body: view });
    expect(await inStorage(await keyOf(announced.id))).toBe(false);
  });
});

describe("a screenshot", () => {
  test("is on its call for those who see the call, as it was uploaded", async () => {
    const { id: callId } = await aCall();
    const bytes = jpeg({ comment: "Taken at the desk" });
    const file = { kind: "screenshot", contentType: "image/jpg", bytes } as const;
    const view = await upload(workspace.client, file, { callId, caption: "The form" });
    expect(view).toMatchObject({ state: "accepted", contentType: "image/jpeg", callId });
    const { screenshots } = await person.request(ScreenshotList, "GET", `/v1/calls/${callId}/screenshots`);
    expect(screenshots).toMatchObject([{ id: view.id, caption: "The form", sha256: sha256Of(bytes) }]);
    const url = screenshots[0]?.url ?? "";
    const served = await person.fetch(url);
    expect(new Uint8Array(await served.arrayBuffer())).toEqual(bytes);
    expect(Object.fromEntries(served.headers)).toMatchObject({
      "content-type": "image/jpeg",
      "content-length": String(bytes.length),
      "content-disposition": `inline; filename="${view.id}.jpg"`,
      "content-security-policy": expect.stringMatching(/default-src 'none'.*sandbox/),
      "x-content-type-options": "nosniff",
    });
    const etag = served.headers.get("etag") ?? "";
    expect((await person.fetch(url, { headers: { "if-none-match": etag } })).status).toBe(304);
    expect((await person.fetch(url, { method: "HEAD" })).headers.get("content-length")).toBe(String(bytes.length));
    expect((await stranger.fetch(url)).status).toBe(404);
    expect((await stranger.fetch(`/v1/calls/${callId}/screenshots`)).status).toBe(404);
    expect((await fetch(`${product.stack.urls.api}${url}`)).status).toBe(401);
  });

  test("cannot be put on another workspace's call", async () => {
    const { id: callId } = await aCall();
    const announced = await announce(stranger, picture());
    await put(announced, picture().bytes);
    expect(await complete(stranger, announced.id, { kind: "screenshot", callId })).toMatchObject({
      status: 404,
    });
  });

  test.each([
    [
      "a page that says it is a picture",
      new TextEncoder().encode("<!doctype html><script>alert(1)</script>"),
      /not a PNG/,
    ],
    ["a picture with a page behind it", png({ tail: "<html><script>alert(1)</script></html>" }), /follows the end/],
    ["a picture with a page in it", png({ chunks: [["tEXt", "Comment\0<script>alert(1)</script>"]] }), /carries/],
    ["another kind of picture", webp(), /not a PNG/],
  ])("is not %s", async (_, bytes, why) => {
    const { id: callId } = await aCall();
    const view = await upload(workspace.client, picture(Uint8Array.from(bytes)), { callId });
    expect(view).toMatchObject({ state: "refused", reason: expect.stringMatching(why) });
    expect((await workspace.client.fetch(`/v1/calls/${callId}/screenshots/${view.id}`)).status).toBe(404);
    expect(await inStorage(await keyOf(view.id))).toBe(false);
  });
});

describe("an avatar", () => {
  test("stands for its person in the workspace, until there is another", async () => {
    const me = () => person.request(MeView, "GET", "/v1/me");
    expect((await me()).user.avatarUrl).toBeNull();
    const first = await upload(person, { kind: "avatar", contentType: "image/png", bytes: png() }, {});
    expect(first).toMatchObject({ state: "accepted", callId: null });
    const key = await keyOf(first.id);
    const { user } = await me();
    expect(user.avatarUrl).toBe(`/v1/users/${user.id}/avatar?v=${first.id}`);
    const { members } = await person.request(MemberList, "GET", "/v1/members");
    expect(members.map(({ avatarUrl }) => avatarUrl)).toEqual([user.avatarUrl]);
    const served = await workspace.client.fetch(user.avatarUrl ?? "");
    expect([served.headers.get("content-type"), await served.arrayBuffer()]).toEqual(["image/png", png().buffer]);
    expect((await stranger.fetch(user.avatarUrl ?? "")).status).toBe(404);

    const second = await upload(person, { kind: "avatar", contentType: "image/webp", bytes: webp() }, {});
    expect((await me()).user.avatarUrl).toBe(`/v1/users/${user.id}/avatar?v=${second.id}`);
    expect(await inStorage(key)).toBe(false);
    expect((await person.fetch(`/v1/users/${user.id}/avatar`)).headers.get("content-type")).toBe("image/webp");
  });

  test("is a person's, not a key's", async () => {
    const wish = { kind: "avatar", contentType: "image/png", bytes: png() } as const;
    await expect(announce(workspace.client, wish)).rejects.toThrow("403");
  });
});
