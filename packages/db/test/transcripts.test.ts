import {
  type BlobStore,
  cancelJob,
  collectTranscript,
  failTranscript,
  JOB_CATALOGUE,
  type JobHandlers,
  jobHandler,
  type RequestTranscriptPorts,
  requestTranscript,
  retryTranscript,
  runJob,
  runJobsAgain,
  type TranscriptContent,
  type TranscriptRecord,
} from "@earwitness/core";
import { newId, type TranscriptId, uuidOf } from "@earwitness/shared";
import { describe, expect, test } from "vitest";
import { contextOf, system, userOf } from "./support/factories.ts";
import { openGate } from "./support/gates.ts";
import { aStoredRecording, ScriptedTranscriber } from "./support/media.ts";
import { movableClock, useDatabase } from "./support/use-database.ts";

const record = useDatabase();

/** Storage of which only addresses are asked. */
const blobs: BlobStore = {
  putOnce: () => Promise.reject(new Error("not asked")),
  head: () => Promise.reject(new Error("not asked")),
  read: () => Promise.reject(new Error("not asked")),
  presignGet: async (key, ttlSeconds) => `https://storage.example/${key}?expires=${ttlSeconds}`,
};
const portsOf = (transcriber: ScriptedTranscriber): RequestTranscriptPorts => ({
  transcriber,
  blobs,
  webhooksOrigin: "https://hooks.example",
});

/** Work of which only that of `transcript.request` is ever asked. */
function handlersOf(transcriber: ScriptedTranscriber): JobHandlers {
  const none = jobHandler(JOB_CATALOGUE["mail.send"], {
    run: async () => {
      throw new Error("not asked");
    },
  });
  return {
    "transcript.request": jobHandler(JOB_CATALOGUE["transcript.request"], {
      run: (ctx, { transcriptId }) => requestTranscript(ctx, portsOf(transcriber), transcriptId),
    }),
    "transcript.collect": none,
    "recording.store": none,
    "recording.store_own": none,
    "recording.delete_carrier_copy": none,
    "mail.send": none,
    "upload.check": none,
    "digest.make": none,
    "call.purge_objects": none,
    "export.write": none,
    "import.take": none,
    "numbers.sync": none,
    "cron.run": none,
  };
}
const soon = () => movableClock(new Date(Date.now() + 60_000));

const read = (id: TranscriptId) => record.database.unitOfWork(system)((tx) => tx.transcripts.find(id));
const callOf = ({ callId }: TranscriptRecord) => record.database.unitOfWork(system)((tx) => tx.calls.find(callId));
const utterancesOf = (id: TranscriptId) =>
  record.rows("select ordinal, text, speaker, channel, words from utterances where transcript_id = $1 order by 1", [
    uuidOf(id),
  ]);
const jobsOf = async ({ workspaceId }: TranscriptRecord) =>
  (await record.rows("select kind from jobs where workspace_id = $1 order by kind", [uuidOf(workspaceId)])).map(
    ({ kind }) => kind,
  );

const word = (text: string, startMs: number) => ({ text, startMs, endMs: startMs + 200, confidence: 0.9 });
const CONTENT: TranscriptContent = {
  language: "en-US",
  confidence: 0.94,
  durationMs: 10_000,
  utterances: [
    {
      speaker: "1",
      channel: 1,
      startMs: 100,
      endMs: 700,
      confidence: 0.9,
      text: "Hello there.",
      words: [word("Hello", 100), word("there.", 400)],
    },
    { speaker: "2", channel: 2, startMs: 900, endMs: 1_100, confidence: 0.9, text: "Hi.", words: [word("Hi.", 900)] },
  ],
};

describe("asking for a transcript", () => {
  test("submits the stored audio with our callback, and keeps the vendor's id", async () => {
    const { call, recording, transcript } = await aStoredRecording(record.database);
    const transcriber = new ScriptedTranscriber();
    await requestTranscript(record.context(), portsOf(transcriber), transcript.id);
    expect(transcriber.submissions).toEqual([
      {
        audioUrl: `https://storage.example/${recording.r2Key}?expires=43200`,
        callbackUrl: `https://hooks.example/webhooks/assemblyai?room=${encodeURIComponent(call.room)}&recording=${recording.id}`,
        channels: 2,
        language: null,
        keyTerms: [],
      },
    ]);
    expect(await read(transcript.id)).toMatchObject({
      state: "transcribing",
      vendorTranscriptionId: "vendor-1",
      submissions: 1,
    });
    expect(await callOf(transcript)).toMatchObject({ transcriptState: "transcribing" });
  });

  test("again changes nothing, and asks nobody", async () => {
    const { transcript } = await aStoredRecording(record.database);
    const transcriber = new ScriptedTranscriber();
    const request = () => requestTranscript(record.context(), portsOf(transcriber), transcript.id);
    expect(await request()).toBeUndefined();
    expect(await request()).toEqual({ kind: "unasked" });
    expect(transcriber.submissions).toHaveLength(1);
  });

  test("after an answer that got lost finds what the vendor has, and is billed once", async () => {
    const { transcript } = await aStoredRecording(record.database);
    const transcriber = new ScriptedTranscriber();
    transcriber.losesAnswers = true;
    await expect(requestTranscript(record.context(), portsOf(transcriber), transcript.id)).rejects.toThrow("broke off");
    transcriber.losesAnswers = false;
    await requestTranscript(record.context(), portsOf(transcriber), transcript.id);
    expect(transcriber.submissions).toHaveLength(1);
    expect(await read(transcript.id)).toMatchObject({ state: "transcribing", vendorTranscriptionId: "vendor-1" });
  });

  test("again after an answer got lost does not take what an earlier submission came to", async () => {
    const over = { vendorTranscriptionId: "vendor-1", submittingSince: new Date() };
    const { recording, transcript } = await aStoredRecording(record.database, { transcript: over });
    const transcriber = new ScriptedTranscriber();
    const audioUrl = await blobs.presignGet(recording.r2Key ?? "", 43_200);
    await transcriber.submit({ audioUrl, callbackUrl: "", channels: 2, language: null, keyTerms: [] });
    await requestTranscript(record.context(), portsOf(transcriber), transcript.id);
    expect(await read(transcript.id)).toMatchObject({ state: "transcribing", vendorTranscriptionId: "vendor-2" });
  });

  test("whose failure is told before the vendor has answered is asked for again, and not waited for", async () => {
    const { transcript } = await aStoredRecording(record.database);
    class Hasty extends ScriptedTranscriber {
      override async submit(request: Parameters<ScriptedTranscriber["submit"]>[0]) {
        const submitted = await super.submit(request);
        if (this.submissions.length === 1) {
          await collectTranscript(record.context(), this, transcript.id, submitted.vendorTranscriptionId);
        }
        return submitted;
      }
    }
    const transcriber = new Hasty();
    transcriber.outcome = { kind: "failed", code: "transcriber_failed", message: "Server error", retryable: true };
    await requestTranscript(record.context(), portsOf(transcriber), transcript.id);
    expect(await read(transcript.id)).toMatchObject({ state: "waiting", vendorTranscriptionId: "vendor-1" });
    expect(await jobsOf(transcript)).toEqual(["transcript.request"]);
    await requestTranscript(record.context(), portsOf(transcriber), transcript.id);
    expect(await read(transcript.id)).toMatchObject({ state: "transcribing", vendorTranscriptionId: "vendor-2" });
  });

  test("in a language that is not transcribed says so and submits nothing", async () => {
    const { call, transcript } = await aStoredRecording(record.database);
    const numberId = newId("number");
    await record.database.unitOfWork(system)(async (tx) => {
      await tx.numbers.claim({
        id: numberId,
        workspaceId: call.workspaceId,
        e164: "+15550188001",
        carrierNumberId: null,
        label: null,
        announcement: null,
        recordInbound: true,
        recordOutbound: true,
        language: "tlh",
        keyTerms: [],
        deleteCarrierCopy: false,
        liveCaptions: true,
      });
      await tx.calls.save({ ...call, numberId });
    });
    const transcriber = new ScriptedTranscriber();
    const act = requestTranscript(record.context(), portsOf(transcriber), transcript.id);
    await expect(act).rejects.toMatchObject({ code: "unprocessable", retryable: false });
    await expect(act).rejects.toThrow("tlh");
    expect(transcriber.submissions).toEqual([]);
  });
});

describe("collecting a transcript", () => {
  const underWay = { state: "transcribing", vendorTranscriptionId: "vendor-1", submissions: 1 } as const;
  async function collected(outcome: ScriptedTranscriber["outcome"], changes: Partial<TranscriptRecord> = underWay) {
    const { transcript } = await aStoredRecording(record.database, { transcript: changes });
    const transcriber = new ScriptedTranscriber();
    transcriber.outcome = outcome;
    const collect = () => collectTranscript(record.context(), transcriber, transcript.id, "vendor-1");
    await collect();
    return { transcript, collect };
  }

  test("stores utterances and words, and shows the first line in the list", async () => {
    const { transcript } = await collected({ kind: "completed", content: CONTENT });
    expect(await read(transcript.id)).toMatchObject({ state: "ready", wordCount: 3, language: "en-US" });
    expect(await utterancesOf(transcript.id)).toEqual([
      { ordinal: 0, text: "Hello there.", speaker: "1", channel: 1, words: CONTENT.utterances[0]?.words },
      { ordinal: 1, text: "Hi.", speaker: "2", channel: 2, words: CONTENT.utterances[1]?.words },
    ]);
    expect(await callOf(transcript)).toMatchObject({
      transcriptState: "ready",
      firstLine: "Hello there.",
      language: "en-US",
    });
  });

  test("twice, and twice at once, stores them once", async () => {
    const { transcript, collect } = await collected({ kind: "completed", content: CONTENT });
    await Promise.all([collect(), collect()]);
    expect(await utterancesOf(transcript.id)).toHaveLength(2);
  });

  test("of a vendor's job whose id we never got takes it from the notice", async () => {
    const lost = { state: "waiting", submittingSince: new Date() } as const;
    const { transcript } = await collected({ kind: "completed", content: CONTENT }, lost);
    expect(await read(transcript.id)).toMatchObject({ state: "ready", vendorTranscriptionId: "vendor-1" });
  });

  test("of a job that is another transcription's changes nothing", async () => {
    const other = { ...underWay, vendorTranscriptionId: "vendor-2" };
    const { transcript } = await collected({ kind: "completed", content: CONTENT }, other);
    expect(await read(transcript.id)).toMatchObject({ state: "transcribing" });
  });

  test("of an earlier submission changes nothing while the next one is under way", async () => {
    const next = { state: "waiting", vendorTranscriptionId: "vendor-1", submittingSince: new Date() } as const;
    const failed = { kind: "failed", code: "transcriber_failed", message: "Server error", retryable: false } as const;
    const { transcript } = await collected(failed, next);
    expect(await read(transcript.id)).toMatchObject({ ...next, failure: null });
  });

  test("that the vendor works at for more than a day has failed, and can be asked for again", async () => {
    const submittedAt = new Date(Date.now() - 25 * 3_600_000);
    const { transcript } = await collected({ kind: "pending" }, { ...underWay, submittedAt });
    expect(await read(transcript.id)).toMatchObject({
      state: "failed",
      failure: { code: "transcriber_silent", canRetry: true },
    });
  });

  test("that is not done yet waits", async () => {
    const { transcript } = await collected({ kind: "pending" });
    expect(await read(transcript.id)).toMatchObject({ state: "transcribing" });
  });

  test("in which nobody spoke says so", async () => {
    const { transcript } = await collected({ kind: "completed", content: { ...CONTENT, utterances: [] } });
    expect(await read(transcript.id)).toMatchObject({ state: "empty", wordCount: 0 });
    expect(await callOf(transcript)).toMatchObject({ transcriptState: "empty", firstLine: null });
  });

  test("whose audio could not be fetched is asked for again from a fresh address", async () => {
    const failed = { kind: "failed", code: "download_failed", message: "Download error", retryable: true } as const;
    const { transcript } = await collected(failed);
    expect(await read(transcript.id)).toMatchObject({ state: "waiting", submittingSince: null, failure: null });
    expect(await jobsOf(transcript)).toEqual(["transcript.request"]);
  });

  test("that fails too often, or for good, ends with the vendor's reason", async () => {
    const failed = { kind: "failed", code: "transcriber_failed", message: "Server error", retryable: true } as const;
    const often = await collected(failed, { ...underWay, submissions: 3 });
    const forGood = await collected({ ...failed, retryable: false });
    for (const { transcript } of [often, forGood]) {
      expect(await read(transcript.id)).toMatchObject({
        state: "failed",
        failure: { code: "transcriber_failed", message: "Server error", canRetry: true },
      });
      expect(await callOf(transcript)).toMatchObject({ transcriptState: "failed" });
    }
  });
});

const asUser = (transcript: TranscriptRecord) => contextOf(record, userOf(transcript.workspaceId));

/** A request whose submission the vendor took, and of whose answer, and of the list until the end, nothing came. */
describe("a request that is given up or cancelled after its submission", () => {
  const { maxAttempts } = JOB_CATALOGUE["transcript.request"];

  async function submitted() {
    const { transcript } = await aStoredRecording(record.database);
    const transcriber = new ScriptedTranscriber();
    const jobId = await record.context().unitOfWork((tx) =>
      tx.jobs.add({
        workspaceId: transcript.workspaceId,
        kind: "transcript.request",
        key: `transcript.request/${transcript.id}/first`,
        payload: { transcriptId: transcript.id },
      }),
    );
    const run = (id = jobId) =>
      runJob(record.context(soon()), { handlers: handlersOf(transcriber), gate: openGate }, id);
    transcriber.losesAnswers = true;
    expect(await run()).toMatchObject({ kind: "again" });
    return { transcript, transcriber, jobId, run };
  }

  async function buried() {
    const { transcript, transcriber, jobId, run } = await submitted();
    transcriber.listsNothing = true;
    await record.rows("update jobs set attempts = $2, run_after = now() where id = $1", [
      uuidOf(jobId),
      maxAttempts - 1,
    ]);
    expect(await run()).toEqual({ kind: "dead" });
    expect(await read(transcript.id)).toMatchObject({ state: "failed", vendorTranscriptionId: null });
    transcriber.losesAnswers = false;
    transcriber.listsNothing = false;
    return { transcript, transcriber, jobId, run };
  }

  test("finds what the vendor has when it is run again, and is billed once", async () => {
    const { transcript, transcriber, jobId, run } = await buried();
    expect(await runJobsAgain(asUser(transcript), record.context(), { jobIds: [jobId] })).toMatchObject({ changed: 1 });
    expect(await run()).toEqual({ kind: "done" });
    expect(transcriber.submissions).toHaveLength(1);
    expect(await read(transcript.id)).toMatchObject({ state: "transcribing", vendorTranscriptionId: "vendor-1" });
  });

  test("finds it for whoever asks for the transcript again, too", async () => {
    const { transcript, transcriber, run } = await buried();
    expect(await run(await retryTranscript(asUser(transcript), transcript.callId))).toEqual({ kind: "done" });
    expect(transcriber.submissions).toHaveLength(1);
    expect(await read(transcript.id)).toMatchObject({ state: "transcribing", vendorTranscriptionId: "vendor-1" });
  });

  test("gets its words by the vendor's notice, which nobody awaited any more", async () => {
    const { transcript, transcriber } = await buried();
    transcriber.outcome = { kind: "completed", content: CONTENT };
    await collectTranscript(record.context(), transcriber, transcript.id, "vendor-1");
    expect(await read(transcript.id)).toMatchObject({ state: "ready", failure: null, submittingSince: null });
  });

  test("was cancelled, and is billed once when somebody asks again", async () => {
    const { transcript, transcriber, jobId, run } = await submitted();
    await cancelJob(asUser(transcript), jobId);
    expect(await read(transcript.id)).toMatchObject({ state: "failed", failure: { code: "cancelled" } });
    transcriber.losesAnswers = false;
    await run(await retryTranscript(asUser(transcript), transcript.callId));
    expect(transcriber.submissions).toHaveLength(1);
  });

  test("leaves a transcript alone that the vendor is at work on", async () => {
    const { transcript, transcriber, jobId, run } = await submitted();
    transcriber.losesAnswers = false;
    await requestTranscript(record.context(), portsOf(transcriber), transcript.id);
    // Whoever ran it had the answer written down, and died.
    await record.rows("update jobs set state = 'running', attempts = $2, leased_until = now() where id = $1", [
      uuidOf(jobId),
      maxAttempts,
    ]);
    expect(await run()).toEqual({ kind: "dead" });
    expect(await read(transcript.id)).toMatchObject({ state: "transcribing", vendorTranscriptionId: "vendor-1" });
  });

  const ends = [
    ["failed", { kind: "failed", code: "transcriber_failed", message: "Server error", retryable: false }],
    ["empty", { kind: "completed", content: { ...CONTENT, utterances: [] } }],
  ] as const;
  test.each(ends)(
    "whose transcript then came back %s is submitted anew for a person who asks",
    async (state, outcome) => {
      const { transcript, transcriber, run } = await buried();
      transcriber.outcome = outcome;
      await collectTranscript(record.context(), transcriber, transcript.id, "vendor-1");
      expect(await read(transcript.id)).toMatchObject({ state, submittingSince: null });
      expect(await run(await retryTranscript(asUser(transcript), transcript.callId))).toEqual({ kind: "done" });
      expect(await read(transcript.id)).toMatchObject({ state: "transcribing", vendorTranscriptionId: "vendor-2" });
    },
  );
});

describe("a person who asks for a transcript again", () => {
  const failure = { code: "x", message: "x", at: "2026-11-21T09:00:00.000Z", canRetry: true };

  test("gets a new request for one that failed, every time anew", async () => {
    const { transcript } = await aStoredRecording(record.database);
    const jobs = new Set<string>();
    for (let times = 0; times < 2; times++) {
      await record.database.unitOfWork(system)((tx) => failTranscript(tx, transcript.id, failure));
      jobs.add(await retryTranscript(asUser(transcript), transcript.callId));
    }
    expect(jobs.size).toBe(2);
    expect(await read(transcript.id)).toMatchObject({ state: "waiting", submissions: 0, failure: null });
  });

  test("is refused while it is under way, and does not find another workspace's", async () => {
    const { transcript } = await aStoredRecording(record.database);
    await expect(retryTranscript(asUser(transcript), transcript.callId)).rejects.toMatchObject({ code: "conflict" });
    const stranger = await aStoredRecording(record.database);
    await expect(retryTranscript(asUser(stranger.transcript), transcript.callId)).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
