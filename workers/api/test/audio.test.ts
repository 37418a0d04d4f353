import { env } from "cloudflare:workers";
import type { CallRecord } from "@earwitness/core";
import type { RecordingId } from "@earwitness/shared";
import { beforeAll, describe, expect, test } from "vitest";
import { problemIn } from "./setup/browser.ts";
import { addCall, addRecording } from "./setup/records.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

const SIZE = 1_000_000;
const BYTES = Uint8Array.from({ length: SIZE }, (_, i) => (i * 7 + (i >> 8)) % 256);
const SHA256 = "ab".repeat(32);
const ETAG = `"${SHA256}"`;

let tenant: Tenant;
let call: CallRecord;
let recordingId: RecordingId;
beforeAll(async () => {
  tenant = await newTenant();
  call = await addCall(tenant);
  const r2Key = `recordings/${call.id}.wav`;
  await env.RECORDINGS.put(r2Key, BYTES);
  const stored = {
    state: "stored",
    r2Key,
    sizeBytes: SIZE,
    sha256: SHA256,
    contentType: "audio/wav",
    durationMs: 31_250,
  } as const;
  recordingId = (await addRecording(call, stored)).id;
});

function audio(headers: Record<string, string> = {}, method = "GET"): Promise<Response> {
  return tenant.call(`/v1/recordings/${recordingId}/audio`, { method, headers, scope: "read" });
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer());
}

describe("the audio of a recording", () => {
  test("comes whole, byte for byte, with what a player needs to seek", async () => {
    const response = await audio();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "accept-ranges": "bytes",
      "content-length": String(SIZE),
      "content-type": "audio/wav",
      etag: ETAG,
      "cache-control": expect.stringContaining("private"),
    });
    expect(await bytesOf(response)).toEqual(BYTES);
  });

  test.each<[string, number, number]>([
    ["bytes=0-43", 0, 44],
    ["bytes=500000-", 500_000, 500_000],
    ["bytes=968000-", 968_000, 32_000],
    ["bytes=-32000", 968_000, 32_000],
    ["bytes=999999-", 999_999, 1],
    ["bytes=999999-1234567", 999_999, 1],
    ["bytes=0-", 0, SIZE],
  ])("in part, for %s", async (range, offset, length) => {
    const response = await audio({ range });
    expect(response.status).toBe(206);
    expect(response.headers.get("content-range")).toBe(`bytes ${offset}-${offset + length - 1}/${SIZE}`);
    expect(response.headers.get("content-length")).toBe(String(length));
    expect(await bytesOf(response)).toEqual(BYTES.slice(offset, offset + length));
  });

  test.each(["bytes=1000000-", "bytes=2000000-2000001", "bytes=-0"])(
    "%s does not exist, and the answer says how much does",
    async (range) => {
      const response = await audio({ range });
      expect(response.status).toBe(416);
      expect(response.headers.get("content-range")).toBe(`bytes */${SIZE}`);
      expect(await problemIn(response)).toMatchObject({ code: "range_not_satisfiable" });
    },
  );

  test("comes whole for a range that is none, or for several at once", async () => {
    for (const range of ["bytes=9-1", "seconds=1-2", "bytes=0-1,4-5"]) {
      const response = await audio({ range });
      expect(response.status, range).toBe(200);
      await response.body?.cancel();
    }
  });

  test("is not sent again to who has it, a range or not", async () => {
    for (const headers of [{}, { range: "bytes=5-9" }]) {
      const response = await audio({ "if-none-match": ETAG, ...headers });
      expect(response.status).toBe(304);
      expect(response.headers.get("etag")).toBe(ETAG);
      expect(await response.text()).toBe("");
    }
  });

  test("goes on where a download broke off, if it is still the same audio", async () => {
    expect((await audio({ range: "bytes=10-", "if-range": ETAG })).status).toBe(206);
    expect((await audio({ range: "bytes=10-", "if-range": '"other"' })).status).toBe(200);
  });

  test("tells its size to a HEAD, without the bytes", async () => {
    const response = await audio({ range: "bytes=0-9" }, "HEAD");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-length")).toBe(String(SIZE));
    expect((await bytesOf(response)).length).toBe(0);
  });

  test("that is not stored yet is not found, and neither is one that the store has lost", async () => {
    const waiting = await addRecording(call);
    const lost = await addRecording(call, { r2Key: "recordings/gone.wav", sizeBytes: 10, sha256: SHA256 });
    for (const { id } of [waiting, lost]) {
      const response = await tenant.call(`/v1/recordings/${id}/audio`);
      expect(response.status).toBe(404);
      expect(await problemIn(response)).toMatchObject({ code: "not_found" });
    }
  });

  test("plays in the browser by its cookie, under /api too", async () => {
    const response = await tenant.browser.fetch(`/api/v1/recordings/${recordingId}/audio`, {
      headers: { range: "bytes=0-3" },
    });
    expect(response.status).toBe(206);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });
});
