import { type CallId, newId, type RetentionKind, uuidOf, type WorkspaceId } from "@earwitness/shared";
import { aCall, aRecording, aTranscript } from "@earwitness/testing/records";
import { beforeEach } from "vitest";
import { aMember, aWorkspace } from "./factories.ts";
import { useDatabase } from "./use-database.ts";

export const DAY_MS = 86_400_000;

/** So many days before now. */
export const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);

/** A record with a workspace and its owner for each test, in which calls grow old. */
export function useOldCalls() {
  const record = useDatabase();
  let workspaceId: WorkspaceId;
  let owner: Awaited<ReturnType<typeof aMember>>;
  beforeEach(async () => {
    workspaceId = await aWorkspace(record.database);
    owner = await aMember(record.database, workspaceId, "owner");
  });

  const write = record.context;
  const rows = (query: string, id: CallId) => record.rows(query, [uuidOf(id)]);

  return {
    record,
    write,
    /** What a query of one parameter, the call, finds. */
    rows,
    get workspaceId() {
      return workspaceId;
    },
    get owner() {
      return owner;
    },
    callRow: async (id: CallId) => (await rows("select * from calls where id = $1", id))[0],
    /** Whatever of its words the record still has. */
    spoken: async (id: CallId) => [
      ...(await rows("select text from captions where call_id = $1", id)),
      ...(await rows(
        "select u.text from utterances u join transcripts t on t.id = u.transcript_id where t.call_id = $1",
        id,
      )),
      ...(await rows("select utterance_id from spoken_lines where call_id = $1", id)),
    ],
    /** Has the workspace, or another, keep things for so many days. */
    async keep(rules: Partial<Record<RetentionKind, number>>, id = workspaceId): Promise<void> {
      await write().unitOfWork(async (tx) => {
        const { version } = await tx.workspaces.find(id);
        await tx.workspaces.change(id, version, { retention: rules });
      });
    },
    /** A call of so many days ago, of the workspace or another, with audio, exact words, captions and a note. */
    async anOldCall(days: number, id = workspaceId) {
      const startedAt = daysAgo(days);
      const call = aCall(id, {
        state: "ended",
        startedAt,
        answeredAt: startedAt,
        endedAt: new Date(startedAt.getTime() + 10_000),
        durationMs: 10_000,
        recordingState: "stored",
        transcriptState: "ready",
        firstLine: "The first words",
        lastCaption: "The last words",
        liveEndedAt: startedAt,
      });
      const recording = aRecording(call, {
        state: "stored",
        source: "upload",
        r2Key: `k/${call.id}`,
        sizeBytes: 10,
        sha256: "a",
        durationMs: 10_000,
        startedAt,
        storedAt: startedAt,
      });
      const transcript = aTranscript(recording, { state: "ready", completedAt: startedAt, submittedAt: startedAt });
      const word = { text: "secret", startMs: 0, endMs: 100, confidence: 1 };
      await write().unitOfWork(async (tx) => {
        await tx.calls.save(call);
        await tx.recordings.add(recording);
        await tx.transcripts.add(transcript);
        await tx.transcripts.replaceUtterances(transcript, [
          { speaker: "1", channel: 1, startMs: 0, endMs: 100, confidence: 1, text: "secret", words: [word] },
        ]);
        await tx.live.addCaption({
          workspaceId: id,
          callId: call.id,
          captionId: "c1",
          channel: "caller",
          startMs: 0,
          endMs: 100,
          text: "secret",
          words: [{ ...word, isFinal: true }],
          language: "en",
        });
        await tx.live.addChunk({
          workspaceId: id,
          callId: call.id,
          chunk: 0,
          r2Key: `chunk/${call.id}`,
          startMs: 0,
          endMs: 10_000,
          sizeBytes: 10,
          held: [{ startMs: 0, endMs: 10_000 }],
        });
        await tx.notes.add({
          id: newId("note"),
          workspaceId: id,
          callId: call.id,
          text: "secret",
          positionMs: null,
          writtenBy: owner.userId,
          createdAt: startedAt,
        });
      });
      return { call, recording, transcript };
    },
  };
}
