import { env } from "cloudflare:workers";
import type { Utterance } from "@earwitness/core";
import { jobs } from "@earwitness/db/schema";
import { CallView, PeaksView, RetryTaken, TranscriptView } from "@earwitness/shared";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { asSystem, readRows } from "./setup/database.ts";
import { present } from "./setup/expect-value.ts";
import { addCall, addRecording, addTranscript } from "./setup/records.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

const FAILURE = {
  code: "vendor_failed",
  message: "The carrier has no such file.",
  at: "2026-11-20T10:06:00.000Z",
  canRetry: true,
};

let tenant: Tenant;
let stranger: Tenant;
beforeAll(async () => {
  [tenant, stranger] = [await newTenant(), await newTenant()];
});

describe("trying again", () => {
  test("a recording that failed becomes a job, and the call says so", async () => {
    const call = await addCall(tenant, { recordingState: "failed" });
    const recording = await addRecording(call, { state: "failed", failure: FAILURE });
    const path = `/v1/recordings/${recording.id}/retry`;
    expect((await stranger.call(path, { method: "POST" })).status).toBe(404);
    const response = await tenant.call(path, { method: "POST" });
    expect(response.status).toBe(202);
    const { jobId } = RetryTaken.parse(await response.json());
    const [job] = await readRows(({ db }) => db.select().from(jobs).where(eq(jobs.id, jobId)));
    expect(job).toMatchObject({ kind: "recording.store", payload: { recordingId: recording.id } });
    const view = CallView.parse(await (await tenant.call(`/v1/calls/${call.id}`)).json());
    expect(view.recordings[0]).toMatchObject({ state: "storing", failure: null });
    expect((await tenant.call(path, { method: "POST" })).status).toBe(409);
  });

  test("a transcript that failed becomes a job; one that is ready is a conflict", async () => {
    const call = await addCall(tenant);
    const recording = await addRecording(call);
    const path = `/v1/calls/${call.id}/transcript/retry`;
    expect((await tenant.call(path, { method: "POST" })).status).toBe(404);
    await addTranscript(recording, { state: "failed", failure: FAILURE });
    expect((await stranger.call(path, { method: "POST" })).status).toBe(404);
    expect((await tenant.call(path, { method: "POST" })).status).toBe(202);
    expect((await tenant.call(path, { method: "POST" })).status).toBe(409);
  });
});

describe("what was said", () => {
  test("comes word by word, each line with its party by the channel", async () => {
    const call = await addCall(tenant);
    const recording = await addRecording(call, { callerChannel: 2 });
    const transcript = await addTranscript(recording, { state: "ready", wordCount: 2, language: "en" });
    const line = (channel: number, startMs: number, text: string): Utterance => ({
      speaker: String(channel),
      channel,
      startMs,
      endMs: startMs + 400,
      confidence: 0.9,
      text,
      words: [{ text, startMs, endMs: startMs + 400, confidence: 0.9 }],
    });
    await asSystem((tx) => tx.transcripts.replaceUtterances(transcript, [line(1, 0, "Hello."), line(2, 500, "Hi.")]));
    const view = TranscriptView.parse(
      await (await tenant.call(`/v1/calls/${call.id}/transcript`, { scope: "read" })).json(),
    );
    expect(view).toMatchObject({
      id: transcript.id,
      recordingId: recording.id,
      version: 1,
      state: "ready",
      language: "en",
    });
    expect(view.utterances.map(({ party, text, words }) => [party, text, words.length])).toEqual([
      ["agent", "Hello.", 1],
      ["caller", "Hi.", 1],
    ]);
  });

  test("is drawn by the loudness that was stored beside it", async () => {
    const call = await addCall(tenant);
    const { id } = await addRecording(call, { peaksKey: `peaks/${call.id}.json` });
    const stored = {
      recordingId: id,
      windowMs: 50,
      durationMs: 100,
      peaks: [
        [0, 255],
        [7, 9],
      ],
    };
    await env.RECORDINGS.put(`peaks/${call.id}.json`, JSON.stringify(stored));
    const response = await tenant.call(`/v1/recordings/${id}/peaks`);
    expect(PeaksView.parse(await response.json())).toEqual(stored);
    expect(response.headers.get("cache-control")).toContain("private");
    const bare = await addRecording(call);
    expect((await tenant.call(`/v1/recordings/${present(bare).id}/peaks`)).status).toBe(404);
  });
});
