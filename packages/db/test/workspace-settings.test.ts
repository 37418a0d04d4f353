import {
  claimCarrierNumbers,
  createWorkspace,
  drainOutbox,
  type OutboxDoors,
  type RoutingSnapshot,
  requestTranscript,
  type UserActor,
  updateWorkspace,
  type WorkspaceChanges,
} from "@earwitness/core";
import { newId, uuidOf, type WorkspaceId } from "@earwitness/shared";
import { aNumber } from "@earwitness/testing/records";
import { beforeEach, describe, expect, test } from "vitest";
import { aMember, aWorkspace, contextOf, system } from "./support/factories.ts";
import { aStoredRecording, ScriptedTranscriber } from "./support/media.ts";
import { useDatabase } from "./support/use-database.ts";

const record = useDatabase();

let workspaceId: WorkspaceId;
let owner: UserActor;
beforeEach(async () => {
  await record.rows("delete from outbox");
  workspaceId = await aWorkspace(record.database);
  owner = await aMember(record.database, workspaceId, "owner");
});

const change = (changes: WorkspaceChanges, by = owner) =>
  updateWorkspace(contextOf(record, by), { changes, mayChange: () => true });

/** Drains the outbox as it is now; `onPut` is what happens while settings are on their way. */
async function published(onPut: (snapshot: RoutingSnapshot) => Promise<unknown> = async () => {}) {
  const snapshots: RoutingSnapshot[] = [];
  const doors: OutboxDoors = {
    jobQueue: { async send() {} },
    live: { async publish() {}, async closeSession() {}, async renewSession() {} },
    routing: {
      async put(snapshot) {
        await onPut(snapshot);
        snapshots.push(snapshot);
      },
    },
  };
  await drainOutbox({ ...record.context(), clock: { now: () => new Date(Date.now() + 1_000) } }, doors);
  return snapshots;
}

async function twoNumbers() {
  const numbers = [aNumber(workspaceId, { keyTerms: ["flame sensor", "boiler"] }), aNumber(workspaceId)];
  const foreign = aNumber(await aWorkspace(record.database));
  await record.database.unitOfWork(system)(async (tx) => {
    for (const number of [...numbers, foreign]) await tx.numbers.claim(number);
  });
  return numbers;
}

describe("a workspace's key terms", () => {
  test("are published with each of its numbers, after the number's own", async () => {
    const [first, second] = await twoNumbers();
    await change({ keyTerms: ["boiler", "valve"] });
    const terms = Object.fromEntries((await published()).map(({ numberId, keyTerms }) => [numberId, keyTerms]));
    expect(terms).toEqual({
      [String(first?.id)]: ["flame sensor", "boiler", "valve"],
      [String(second?.id)]: ["boiler", "valve"],
    });
  });

  test("that change while older ones are on their way are what is left behind, though another drain was faster", async () => {
    const [first] = await twoNumbers();
    await change({ keyTerms: ["old"] });
    const kept = new Map<string, readonly string[]>();
    const keep = async ({ numberId, keyTerms }: RoutingSnapshot) => void kept.set(numberId, keyTerms);
    let isFirst = true;
    await published(async (snapshot) => {
      if (isFirst) {
        isFirst = false;
        await change({ keyTerms: ["new"] });
        await published(keep);
        expect(kept.get(String(first?.id))?.at(-1)).toBe("new");
      }
      await keep(snapshot);
    });
    expect([...kept.values()].map((terms) => terms.at(-1))).toEqual(["new", "new"]);
  });

  test("are listened for in exact transcripts too", async () => {
    const { transcript, call } = await aStoredRecording(record.database);
    const theirs = await aMember(record.database, call.workspaceId, "owner");
    await change({ keyTerms: ["Therme"] }, theirs);
    const transcriber = new ScriptedTranscriber();
    const blobs = {
      putOnce: () => Promise.reject(new Error("not asked")),
      head: () => Promise.reject(new Error("not asked")),
      read: () => Promise.reject(new Error("not asked")),
      presignGet: async (key: string) => `https://storage.example/${key}`,
    };
    await requestTranscript(
      record.context(),
      { transcriber, blobs, webhooksOrigin: "https://hooks.example" },
      transcript.id,
    );
    expect(transcriber.submissions.map(({ keyTerms }) => keyTerms)).toEqual([["Therme"]]);
  });
});

describe("numbers that come new", () => {
  const carrier = (e164: string) => ({ numbers: async () => [{ e164, carrierNumberId: "1" }] });

  test("begin with the workspace's announcement and language", async () => {
    await change({ announcement: "Dieses Gespräch wird aufgezeichnet.", language: "de-AT" });
    const { e164 } = aNumber(workspaceId);
    await claimCarrierNumbers(record.context(), carrier(e164), workspaceId);
    const number = await record.database.unitOfWork(system)((tx) => tx.numbers.byE164(e164));
    expect(number).toMatchObject({
      announcement: "Dieses Gespräch wird aufgezeichnet.",
      language: "de-AT",
      keyTerms: [],
    });
  });

  test("say that the call is recorded where the workspace says nothing", async () => {
    const { e164 } = aNumber(workspaceId);
    await claimCarrierNumbers(record.context(), carrier(e164), workspaceId);
    const number = await record.database.unitOfWork(system)((tx) => tx.numbers.byE164(e164));
    expect(number).toMatchObject({ announcement: "This call is recorded.", language: null });
  });
});

describe("a change of settings", () => {
  test("is logged with what was before, named fields alone", async () => {
    await change({ name: "Acme", retentionDays: 30, agentsSeeAllCalls: false });
    const [entry] = await record.rows("select action, details from audit_entries where workspace_id = $1", [
      uuidOf(workspaceId),
    ]);
    expect(entry).toEqual({
      action: "workspace.changed",
      details: {
        name: { before: "Test", after: "Acme" },
        retention: { before: {}, after: { recordings: 30, transcripts: 30 } },
      },
    });
  });

  test("of what agents see reaches every agent's sessions and nobody else's", async () => {
    const agent = await aMember(record.database, workspaceId, "agent");
    await aMember(record.database, workspaceId, "supervisor");
    const { renewed } = await change({ agentsSeeAllCalls: true });
    expect(renewed).toEqual([{ workspaceId, sessionId: agent.sessionId }]);
    const [seen] = await record.database.unitOfWork(system)((tx) => tx.users.memberships(agent.userId));
    expect(seen).toMatchObject({ role: "agent", sees: "all" });
  });

  test("by many at once is one after the other, and by versions each sees the one before", async () => {
    const names = ["a", "b", "c", "d"];
    const answers = await Promise.all(names.map((name) => change({ name })));
    expect(answers.map(({ version }) => version).toSorted()).toEqual([2, 3, 4, 5]);
    const late = updateWorkspace(contextOf(record, owner), {
      changes: { name: "late" },
      mayChange: (version) => version === 1,
    });
    await expect(late).rejects.toMatchObject({ code: "precondition_failed" });
  });

  test("is not for who may not", async () => {
    const agent = await aMember(record.database, workspaceId, "agent");
    await expect(change({ name: "Mine" }, agent)).rejects.toMatchObject({ code: "forbidden" });
  });
});

test("nobody owns workspaces without end", async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 21 }, () => createWorkspace(record.context(), owner, `Workspace ${newId("workspace")}`)),
  );
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(19);
  expect(outcomes.find((each) => each.status === "rejected")?.reason).toMatchObject({ code: "conflict" });
});
