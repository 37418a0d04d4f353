import {
  type CallFact,
  collectTranscript,
  failRecording,
  projectRoom,
  reconcile,
  type Utterance,
} from "@earwitness/core";
import { type Caption, newId, type WorkspaceId } from "@earwitness/shared";
import { describe, expect, test } from "vitest";
import { readCoverage, readTranscript } from "../src/queries/index.ts";
import type { Scope } from "../src/scope.ts";
import { ScriptedRoom } from "./support/a-room.ts";
import { aWorkspace, system, userOf } from "./support/factories.ts";
import { ScriptedTranscriber } from "./support/media.ts";
import { useDatabase } from "./support/use-database.ts";

const record = useDatabase();
const ANSWERED = Date.parse("2026-11-21T09:00:00.000Z");
const at = (ms: number) => new Date(ANSWERED + ms).toISOString();

const read = <T>(workspaceId: WorkspaceId, query: (scope: Scope) => Promise<T>) =>
  record.database.read(userOf(workspaceId), query);

function caption(id: string, channel: Caption["channel"], startMs: number, text: string): CallFact {
  const words = text.split(" ").map((word, i) => ({
    text: word,
    startMs: startMs + i * 400,
    endMs: startMs + i * 400 + 300,
    confidence: 0.9,
    isFinal: true,
  }));
  const endMs = words.at(-1)?.endMs ?? startMs;
  const said = { id, channel, startMs, endMs, text, words, language: "en", isFinal: true, heardAtMs: null };
  return { type: "caption.settled", at: at(endMs), caption: said };
}

const chunk = (n: number, startMs: number, endMs: number): Extract<CallFact, { type: "audio.stored" }> => ({
  type: "audio.stored",
  at: at(endMs),
  chunk: n,
  key: `chunks/${n}.wav`,
  startMs,
  endMs,
  sizeBytes: 58 + (endMs - startMs) * 16,
  held: [{ startMs, endMs }],
});

/** A call of 20 s with captions and two chunks, two seconds of sound and one of captions missing, and a pause of three. */
function liveCall(workspaceId: WorkspaceId): CallFact[] {
  return [
    {
      type: "call.started",
      at: at(-2_000),
      direction: "outbound",
      carrier: "telnyx",
      carrierSessionId: "session",
      from: "+15550100002",
      to: "+15550100001",
      placedBy: "usr",
      workspaceId,
      numberId: null,
    },
    { type: "call.answered", at: at(0) },
    { type: "recording.started", at: at(1_000) },
    caption("caller-0-0", "caller", 2_000, "Where is my parcel?"),
    chunk(0, 1_000, 8_000),
    {
      type: "audio.gap",
      at: at(10_000),
      channel: null,
      startMs: 8_000,
      endMs: 10_000,
      reason: "media_lost",
      detail: "1006",
    },
    {
      type: "captions.gap",
      at: at(10_000),
      channel: "agent",
      startMs: 6_000,
      endMs: 7_000,
      reason: "transcriber_closed",
      detail: "3005",
    },
    caption("agent-0-0", "agent", 10_400, "It left yesterday"),
    { type: "recording.paused", at: at(14_000), by: "usr" },
    { type: "recording.resumed", at: at(17_000), by: "usr" },
    chunk(1, 10_000, 14_000),
    chunk(2, 17_000, 20_000),
    {
      type: "call.ended",
      at: at(20_000),
      cause: "completed",
      endedBy: "caller",
      carrierCause: "normal_clearing",
      sipCode: "200",
      answeredMs: 20_000,
    },
    { type: "live.ended", at: at(21_000), captionLatency: { count: 2, p50Ms: 300, p95Ms: 400 } },
  ];
}

async function aLiveCall() {
  const workspaceId = await aWorkspace(record.database);
  const room = new ScriptedRoom();
  room.tell(...liveCall(workspaceId));
  await projectRoom(record.context(), room, room.name);
  return { workspaceId, room };
}

/** The carrier's file of a whole call, stored, and its transcript asked for. */
async function withStoredFile({ workspaceId, room }: Awaited<ReturnType<typeof aLiveCall>>) {
  const recordingId = newId("recording");
  room.tell({
    type: "recording.saved",
    at: at(20_100),
    recordingId,
    carrierLegId: "leg",
    carrierRecordingId: recordingId,
    channels: 2,
    format: "wav",
    startedAt: at(1_000),
    endedAt: at(20_000),
    url: null,
    callerChannel: 1,
  });
  await projectRoom(record.context(), room, room.name);
  await record.database.unitOfWork(system)(async (tx) => {
    const recording = await tx.recordings.find(recordingId);
    await tx.recordings.save({ ...recording, state: "stored", durationMs: 19_000, r2Key: "k" });
    await tx.transcripts.add({
      id: newId("transcript"),
      workspaceId,
      callId: room.callId,
      recordingId,
      version: 2,
      state: "transcribing",
      vendor: "assemblyai",
      vendorTranscriptionId: `v-${recordingId}`,
      submittingSince: null,
      submissions: 1,
      language: null,
      confidence: null,
      wordCount: 0,
      createdAt: new Date(),
      submittedAt: new Date(),
      completedAt: null,
      failure: null,
      comparison: null,
    });
  });
  return recordingId;
}

const spoken = (channel: number, startMs: number, text: string): Utterance => {
  const words = text.split(" ").map((word, i) => ({
    text: word,
    startMs: startMs + i * 400,
    endMs: startMs + i * 400 + 300,
    confidence: 1,
  }));
  return { speaker: String(channel), channel, startMs, endMs: startMs + 400, confidence: 1, text, words };
};

describe("the live moment in the record", () => {
  test("adds up to the second that was answered, before the carrier's file comes and after", async () => {
    const live = await aLiveCall();
    const before = await read(live.workspaceId, (scope) => readCoverage(scope, live.room.callId));
    expect(before).toMatchObject({
      answeredMs: 20_000,
      recordedMs: 0,
      liveMs: 14_000,
      pausedMs: 3_000,
      missingMs: 3_000,
      isFinal: false,
      missing: [
        { startMs: 0, endMs: 1_000, reason: "before_recording" },
        { startMs: 8_000, endMs: 10_000, reason: "media_lost", detail: "1006" },
      ],
      captions: { coveredMs: 13_000 },
    });
    await withStoredFile(live);
    const after = await read(live.workspaceId, (scope) => readCoverage(scope, live.room.callId));
    expect(after).toMatchObject({ recordedMs: 16_000, liveMs: 0, pausedMs: 3_000, missingMs: 1_000, isFinal: true });
  });

  test("names why a frame of one voice alone is in nothing that is kept", async () => {
    const { workspaceId, room } = await aLiveCall();
    const held = [
      { startMs: 20_000, endMs: 20_200 },
      { startMs: 20_220, endMs: 21_000 },
    ];
    const ended = { type: "call.ended", cause: "completed", endedBy: "caller" } as const;
    room.tell(
      { ...chunk(3, 20_000, 21_000), held },
      {
        type: "audio.gap",
        at: at(21_000),
        channel: "caller",
        startMs: 20_200,
        endMs: 20_220,
        reason: "frame_lost",
        detail: null,
      },
      { ...ended, at: at(21_000), carrierCause: "normal_clearing", sipCode: "200", answeredMs: 21_000 },
    );
    await projectRoom(record.context(), room, room.name);
    const { missing } = await read(workspaceId, (scope) => readCoverage(scope, room.callId));
    expect(missing.at(-1)).toEqual({ startMs: 20_200, endMs: 20_220, reason: "frame_lost", detail: null });
  });

  test("is a transcript by itself until the exact one replaces it, and stays readable", async () => {
    const live = await aLiveCall();
    const first = await read(live.workspaceId, (scope) => readTranscript(scope, live.room.callId));
    expect(first).toMatchObject({ kind: "live", version: 1, state: "ready", wordCount: 7, positionsFrom: "answer" });
    expect(first.utterances.map(({ party, text }) => [party, text])).toEqual([
      ["caller", "Where is my parcel?"],
      ["agent", "It left yesterday"],
    ]);

    const recordingId = await withStoredFile(live);
    const transcriber = new ScriptedTranscriber();
    // The file begins a second after the answer: what was said there is a second earlier in it.
    transcriber.outcome = {
      kind: "completed",
      content: {
        language: "en",
        confidence: 1,
        durationMs: 19_000,
        utterances: [
          spoken(1, 1_000, "Where is my parcel"),
          spoken(2, 5_100, "One moment"),
          spoken(2, 9_400, "It left on yesterday"),
        ],
      },
    };
    const transcript = await record.database.unitOfWork(system)((tx) => tx.transcripts.ofRecording(recordingId));
    if (transcript === null) throw new Error("There is one.");
    await collectTranscript(record.context(), transcriber, transcript.id, `v-${recordingId}`);
    const exact = await read(live.workspaceId, (scope) => readTranscript(scope, live.room.callId));
    expect(exact).toMatchObject({
      kind: "exact",
      version: 2,
      comparison: {
        liveWords: 7,
        exactWords: 10,
        wordsChanged: 3,
        wordErrorRate: 0.3,
        healed: [{ startMs: 5_000, endMs: 6_000, reason: "transcriber_closed", words: 2 }],
      },
    });
    const again = await read(live.workspaceId, (scope) => readTranscript(scope, live.room.callId, "live"));
    expect(again).toMatchObject({ kind: "live", version: 1 });

    // Another file of the call comes later: what is there is not taken away until its words are.
    await withStoredFile(live);
    const kept = await read(live.workspaceId, (scope) => readTranscript(scope, live.room.callId));
    expect(kept).toMatchObject({ kind: "exact", state: "ready", recordingId });
  });

  test("is another workspace's nothing", async () => {
    const live = await aLiveCall();
    const stranger = await aWorkspace(record.database);
    await expect(read(stranger, (scope) => readCoverage(scope, live.room.callId))).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(read(stranger, (scope) => readTranscript(scope, live.room.callId))).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("a carrier's recording that does not come", () => {
  const nothing = {
    records: {
      recording: async () => null,
      recordingsOfLeg: async () => [],
      deleteRecording: async () => {},
      numbers: async () => [],
      leg: async () => null,
      notices: async () => ({ notices: [], pageCount: 1 }),
      check: async () => ({ message: "" }),
    },
    rooms: () => ({ observe: async () => {}, deliver: async () => ({ kept: true }) }),
  };

  test("is replaced by what we heard ourselves, once, a quarter of an hour after the call", async () => {
    const { room } = await aLiveCall();
    const recordings = () => record.database.unitOfWork(system)((tx) => tx.recordings.ofCall(room.callId));
    await reconcile(record.context(), nothing, new Date(ANSWERED + 5 * 60_000));
    expect(await recordings()).toEqual([]);
    for (let times = 0; times < 2; times++) {
      await reconcile(record.context(), nothing, new Date(ANSWERED + 16 * 60_000));
    }
    expect(await recordings()).toMatchObject([
      {
        source: "chunks",
        state: "storing",
        startedAt: new Date(ANSWERED + 1_000),
        endedAt: new Date(ANSWERED + 20_000),
      },
    ]);
    expect(
      await record.rows("select kind from jobs where payload->>'recordingId' = $1", [(await recordings())[0]?.id]),
    ).toEqual([{ kind: "recording.store_own" }]);
  });

  test("is replaced at once when the carrier says that it failed", async () => {
    const { room } = await aLiveCall();
    room.tell({ type: "recording.failed", at: at(22_000), reason: "Internal server error" });
    await projectRoom(record.context(), room, room.name);
    expect(await record.database.unitOfWork(system)((tx) => tx.recordings.ofCall(room.callId))).toMatchObject([
      { source: "chunks" },
    ]);
  });

  test("is replaced when its file cannot be fetched, once", async () => {
    const { room } = await aLiveCall();
    const recordingId = newId("recording");
    const ofLeg = { recordingId, carrierLegId: "leg", carrierRecordingId: recordingId, callerChannel: 1 };
    const file = { channels: 2, format: "wav", startedAt: at(1_000), endedAt: at(20_000), url: null } as const;
    room.tell({ type: "recording.saved", at: at(20_100), ...ofLeg, ...file });
    await projectRoom(record.context(), room, room.name);
    const failure = {
      code: "vendor_failed",
      message: "The carrier does not have it.",
      at: at(30_000),
      canRetry: false,
    } as const;
    for (let times = 0; times < 2; times++) {
      const fail = record.database.unitOfWork(system);
      await fail((tx) => failRecording(record.context(), tx, recordingId, failure));
    }
    const recordings = await record.database.unitOfWork(system)((tx) => tx.recordings.ofCall(room.callId));
    expect(recordings.map(({ source, state }) => [source, state])).toEqual([
      ["carrier", "failed"],
      ["chunks", "storing"],
    ]);
  });
});
