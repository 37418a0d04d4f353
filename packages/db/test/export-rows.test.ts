import type { SpokenPlace } from "@earwitness/core";
import { newId, uuidOf, type WorkspaceId } from "@earwitness/shared";
import { aCall, aRecording } from "@earwitness/testing/records";
import { describe, expect, test } from "vitest";
import { exportSource } from "../src/index.ts";
import { aWorkspace } from "./support/factories.ts";
import { useDatabase } from "./support/use-database.ts";

const record = useDatabase();
const at = (day: number) => new Date(`2026-11-${String(day).padStart(2, "0")}T09:00:00Z`);

/** A call with one transcript of so many utterances for each number, the last of them the newest. */
async function aSpokenCall(workspaceId: WorkspaceId, day: number, versions: number[]) {
  const call = aCall(workspaceId, { startedAt: at(day) });
  const recording = aRecording(call, { callerChannel: 2, channels: 2 });
  await record.context().unitOfWork(async (tx) => {
    await tx.calls.save(call);
    await tx.recordings.add(recording);
    for (const [i, count] of versions.entries()) {
      const transcript = {
        id: newId("transcript"),
        workspaceId,
        callId: call.id,
        recordingId: recording.id,
        version: i + 1,
        state: "ready" as const,
        vendor: "test",
        vendorTranscriptionId: null,
        submittingSince: null,
        submissions: 1,
        language: "en",
        confidence: 1,
        wordCount: count,
        createdAt: new Date(at(day).getTime() + i),
        submittedAt: null,
        completedAt: null,
        failure: null,
        comparison: null,
      };
      await tx.transcripts.add(transcript);
      await tx.transcripts.replaceUtterances(
        transcript,
        Array.from({ length: count }, (_, n) => ({
          speaker: "1",
          channel: 2,
          startMs: n * 1_000,
          endMs: n * 1_000 + 500,
          confidence: 1,
          text: `${day}.${i + 1}.${n}`,
          words: [],
        })),
      );
    }
  });
  return call;
}

describe("what is exported", () => {
  test("is each utterance of the newest transcripts once, in pages of any size, and of one workspace", async () => {
    const [workspaceId, other] = [await aWorkspace(record.database), await aWorkspace(record.database)];
    await aSpokenCall(workspaceId, 1, [1, 3]);
    await aSpokenCall(workspaceId, 2, []);
    await aSpokenCall(workspaceId, 3, [2]);
    await aSpokenCall(workspaceId, 4, [1]);
    await aSpokenCall(other, 2, [5]);
    const deleted = await aSpokenCall(workspaceId, 3, [4]);
    await record.rows("update calls set deleted_at = now() where id = $1", [uuidOf(deleted.id)]);
    const source = exportSource(record.database);
    const filter = { until: at(4).toISOString() };
    for (const size of [1, 2, 100]) {
      const said: string[] = [];
      for (let after: SpokenPlace | null = null; ; ) {
        const page = await source.spoken(workspaceId, filter, after, size);
        said.push(...page.map(({ text }) => text));
        const last = page.at(-1);
        if (last === undefined || page.length < size) break;
        after = { callStartedAt: last.callStartedAt, callId: last.callId, ordinal: last.ordinal };
      }
      expect(said).toEqual(["1.2.0", "1.2.1", "1.2.2", "3.1.0", "3.1.1"]);
    }
    const [first] = await source.spoken(workspaceId, filter, null, 1);
    expect(first).toMatchObject({ party: "caller", version: 2, language: "en" });
  });

  test("is each call once, also of those that began at one moment, and none of the trash", async () => {
    const workspaceId = await aWorkspace(record.database);
    const calls = [];
    for (let i = 0; i < 5; i++) calls.push(await aSpokenCall(workspaceId, 5, []));
    const [deleted, ...kept] = calls;
    await record.rows("update calls set deleted_at = now() where id = $1", [uuidOf(deleted?.id ?? newId("call"))]);
    const source = exportSource(record.database);
    const first = await source.calls(workspaceId, {}, null, 2);
    const last = first.at(-1);
    const rest = await source.calls(workspaceId, {}, last ? { startedAt: last.startedAt, id: last.id } : null, 10);
    expect([...first, ...rest].map(({ id }) => id)).toEqual(kept.map(({ id }) => id).sort());
    expect(await source.countCalls(workspaceId, {})).toBe(4);
    await expect(source.report(workspaceId, deleted?.id ?? newId("call"))).rejects.toMatchObject({ code: "not_found" });
    await expect(source.report(newId("workspace"), kept[0]?.id ?? newId("call"))).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
