import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { TranscriptionOutcome } from "@earwitness/core";
import { type Emulators, startEmulators } from "@earwitness/emulators";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { createAssemblyAi } from "../../src/transcriber/index.ts";
import { type RecordedCall, startRecorder } from "../support/recorded-call.ts";

const SECRET = "secret-of-the-test-of-32-characters";
let emulators: Emulators;
let recorder: Awaited<ReturnType<typeof startRecorder>>;
let call: RecordedCall;
let server: Server;
let callbackUrl: string;
const notices: { headers: IncomingHttpHeaders; body: unknown; url: string | undefined }[] = [];

const transcriberOf = (apiKey = emulators.assemblyai.apiKey) =>
  createAssemblyAi({ baseUrl: emulators.assemblyai.url, apiKey, callbackSecret: SECRET });
const request = (changes: object = {}) => ({
  audioUrl: call.url,
  callbackUrl,
  channels: 2,
  language: "en-US",
  keyTerms: ["Harbor Supply"],
  ...changes,
});

beforeAll(async () => {
  server = createServer(async (incoming, response) => {
    let text = "";
    for await (const chunk of incoming) text += chunk;
    notices.push({ headers: incoming.headers, body: JSON.parse(text), url: incoming.url });
    response.writeHead(200).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It listens on no port");
  callbackUrl = `http://127.0.0.1:${address.port}/webhooks/assemblyai?room=call_1&recording=rec_1`;
  emulators = await startEmulators({ telnyx: { pace: 50 }, assemblyai: { processingMs: 50 } });
  recorder = await startRecorder(emulators);
  call = await recorder.ring();
}, 30_000);
afterAll(async () => {
  await emulators.close();
  await recorder.close();
  server.closeAllConnections();
  server.close();
});

async function outcomeOf(vendorTranscriptionId: string): Promise<TranscriptionOutcome> {
  for (;;) {
    const outcome = await transcriberOf().fetch(vendorTranscriptionId);
    if (outcome.kind !== "pending") return outcome;
    await new Promise((next) => setTimeout(next, 20));
  }
}

/** What the people of the call said while it was recorded, by the carrier's own account. */
async function spoken(): Promise<{ speaker: string; text: string; startMs: number }[]> {
  const Detail = z.object({
    recordings: z.array(
      z.object({ words: z.array(z.object({ speaker: z.string(), text: z.string(), startMs: z.number() })) }),
    ),
  });
  const response = await fetch(`${emulators.control.url}/calls/${call.legId}`);
  return Detail.parse(await response.json()).recordings[0]?.words ?? [];
}

/** A vendor of which only the list is asked, over the whole of `transcripts`, the oldest first; `pages` are those asked for. */
async function startList(transcripts: readonly { id: string; created: string; audio_url?: string }[]) {
  const newestFirst = transcripts.map((each) => ({ status: "completed", ...each })).toReversed();
  const pages: (string | null)[] = [];
  const vendor = createServer((incoming, response) => {
    const { searchParams } = new URL(incoming.url ?? "", "http://vendor");
    const before = searchParams.get("before_id");
    pages.push(before);
    const start = newestFirst.findIndex(({ id }) => id === before) + 1;
    const page = newestFirst.slice(start, start + Number(searchParams.get("limit")));
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ transcripts: page }));
  });
  vendor.listen(0, "127.0.0.1");
  await once(vendor, "listening");
  const address = vendor.address();
  if (address === null || typeof address === "string") throw new Error("It listens on no port");
  const close = () => {
    vendor.closeAllConnections();
    vendor.close();
  };
  return { url: `http://127.0.0.1:${address.port}`, pages, close };
}

describe("a transcription", () => {
  test("comes back word for word, on the channel of who spoke, and tells us by a notice with our secret", async () => {
    const { vendorTranscriptionId } = await transcriberOf().submit(request());
    const outcome = await outcomeOf(vendorTranscriptionId);
    if (outcome.kind !== "completed") throw new Error(JSON.stringify(outcome));
    const heard = outcome.content.utterances.flatMap(({ channel, words }) =>
      words.map((each) => ({ channel, ...each })),
    );
    heard.sort((a, b) => a.startMs - b.startMs);
    const said = (await spoken()).toSorted((a, b) => a.startMs - b.startMs);
    expect(said.length).toBeGreaterThan(5);
    expect(heard.map(({ text, channel }) => [text, channel])).toEqual(
      said.map(({ text, speaker }) => [text, speaker === "caller" ? 1 : 2]),
    );
    for (const [i, each] of heard.entries()) expect(Math.abs(each.startMs - (said[i]?.startMs ?? 0))).toBeLessThan(50);
    expect(outcome.content.language).toBe("en-US");

    await expect.poll(() => notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({
      url: "/webhooks/assemblyai?room=call_1&recording=rec_1",
      body: { transcript_id: vendorTranscriptionId, status: "completed" },
    });
    expect(notices[0]?.headers["x-earwitness-secret"]).toBe(SECRET);
  });

  test("is found by its audio where the answer to the submission was lost, whatever the URL is signed with", async () => {
    const fresh = `${call.url.split("?")[0]}?another=signature`;
    const since = new Date();
    const { vendorTranscriptionId } = await transcriberOf().submit(request());
    expect(await transcriberOf().findSubmission(fresh, since)).toEqual({ vendorTranscriptionId });
    expect(await transcriberOf().findSubmission(call.url.replace(/[^/]+\.wav/, "another.wav"), since)).toBeNull();
  });

  test("is found however many were submitted after it, and not where it was before the time asked about", async () => {
    const audioUrl = new URL("/telephony-recorder-prod/lost-among-many.wav", call.url).href;
    const since = new Date("2026-11-20T10:02:11.500Z");
    const listed = await startList([
      { id: "lost", created: "2026-11-20T10:02:12.123456", audio_url: `${audioUrl}?signature=1` },
      ...Array.from({ length: 450 }, (_, i) => ({ id: `other-${i}`, created: "2026-11-20T11:00:00.000001" })),
    ]);
    const transcriber = createAssemblyAi({ baseUrl: listed.url, apiKey: "key", callbackSecret: SECRET });
    expect(await transcriber.findSubmission(audioUrl, since)).toEqual({ vendorTranscriptionId: "lost" });
    expect(listed.pages).toEqual([null, "other-250", "other-50"]);
    // The clocks of the two are not the same to the minute.
    expect(await transcriber.findSubmission(audioUrl, new Date("2026-11-20T10:08:00Z"))).toBeNull();
    expect(await transcriber.findSubmission(new URL("/never.wav", audioUrl).href, since)).toBeNull();
    expect(listed.pages.at(-1)).toBe("lost");
    listed.close();
  });

  test("of audio that cannot be fetched fails, and may be asked for again", async () => {
    const audioUrl = new URL("/telephony-recorder-prod/never-there.wav", call.url).href;
    const { vendorTranscriptionId } = await transcriberOf().submit(request({ audioUrl }));
    expect(await outcomeOf(vendorTranscriptionId)).toEqual({
      kind: "failed",
      code: "download_failed",
      // The URL is good for hours: it is in no message.
      message: "Download error, unable to access file at the address given",
      retryable: true,
    });
    // What has failed is no submission to go on with.
    expect(await transcriberOf().findSubmission(audioUrl, new Date(0))).toBeNull();
  });

  test("in a language that the vendor has not is refused before it is asked", async () => {
    await expect(transcriberOf().submit(request({ language: "tlh" }))).rejects.toMatchObject({
      code: "unprocessable",
      retryable: false,
    });
  });

  test("without a language has it detected", async () => {
    const { vendorTranscriptionId } = await transcriberOf().submit(request({ language: null, keyTerms: [] }));
    const outcome = await outcomeOf(vendorTranscriptionId);
    expect(outcome).toMatchObject({ kind: "completed", content: { language: expect.stringMatching(/^en/) } });
  });
});

test("the check proves the key, and says when it is wrong", async () => {
  await expect(transcriberOf().check()).resolves.toMatchObject({ message: expect.any(String) });
  await expect(transcriberOf("wrong").check()).rejects.toMatchObject({ code: "vendor_failed", retryable: false });
});
