import { type CheckPorts, completeUpload, type UploadRecord, type UserActor } from "@earwitness/core";
import { newId, type UserId, type WorkspaceId } from "@earwitness/shared";
import { aCall } from "@earwitness/testing/records";
import { beforeAll, describe, expect, test } from "vitest";
import { listMembers, listScreenshots, readAvatar, readJob, readScreenshot, readUpload } from "../src/index.ts";
import { aMember, aWorkspace, contextOf, system, userOf } from "./support/factories.ts";
import { useDatabase } from "./support/use-database.ts";

const record = useDatabase();
const asSystem: ReturnType<typeof record.database.unitOfWork> = (work) => record.database.unitOfWork(system)(work);

let workspaceId: WorkspaceId;
let agent: UserActor;
let supervisor: UserActor;
beforeAll(async () => {
  workspaceId = await aWorkspace(record.database);
  agent = await aMember(record.database, workspaceId, "agent");
  supervisor = await aMember(record.database, workspaceId, "supervisor");
});

async function anUpload(by: UserActor, changes: Partial<UploadRecord> = {}): Promise<UploadRecord> {
  const id = newId("upload");
  const upload: UploadRecord = {
    id,
    workspaceId: by.workspaceId,
    kind: "avatar",
    contentType: "image/png",
    sizeBytes: 100,
    sha256: "ab".repeat(32),
    state: "awaited",
    r2Key: `quarantine/${by.workspaceId}/${id}`,
    reason: null,
    details: null,
    callId: null,
    createdBy: by.userId,
    createdAt: new Date(),
    expiresAt: new Date(Date.now() + 600_000),
    settledAt: null,
    ...changes,
  };
  await asSystem((tx) => tx.uploads.add(upload));
  return upload;
}

/** A picture on a call that the supervisor placed. */
async function aScreenshot() {
  const call = aCall(workspaceId, { placedBy: supervisor.userId });
  await asSystem((tx) => tx.calls.save(call));
  const said = { kind: "screenshot", callId: call.id, caption: "The form" } as const;
  const details = { said, by: supervisor.userId, recordingId: null };
  const upload = await anUpload(supervisor, { kind: "screenshot", state: "accepted", callId: call.id, details });
  return { call, upload };
}

const absent = { code: "not_found" };

const notAsked = () => Promise.reject(new Error("not asked"));
/** A storage of which only is asked whether something was put: it was. */
const ports: CheckPorts = {
  store: {
    putOnce: notAsked,
    head: async () => ({ sizeBytes: 100, etag: "e", contentType: "audio/wav", sha256: null }),
    read: notAsked,
    presignGet: notAsked,
    presignPut: notAsked,
    remove: notAsked,
    list: notAsked,
  },
  newSha256: () => {
    throw new Error("not asked");
  },
};

describe("an upload", () => {
  test("comes back from the record as it was saved", async () => {
    const upload = await anUpload(agent);
    expect(await asSystem((tx) => tx.uploads.find(upload.id))).toEqual(upload);
    const details = { said: { kind: "avatar" }, by: agent.userId, recordingId: null } as const;
    const refused: UploadRecord = { ...upload, state: "refused", reason: "No", details, settledAt: new Date() };
    await asSystem((tx) => tx.uploads.save(refused));
    expect(await asSystem((tx) => tx.uploads.lock(upload.id))).toEqual(refused);
  });

  test("is told to its announcer alone", async () => {
    const { id } = await anUpload(agent);
    const key = { kind: "apiKey", keyId: newId("apiKey"), workspaceId, scope: "write" } as const;
    await expect(record.database.read(agent, (scope) => readUpload(scope, agent, id))).resolves.toMatchObject({ id });
    for (const actor of [supervisor, key, userOf(await aWorkspace(record.database))]) {
      await expect(record.database.read(actor, (scope) => readUpload(scope, actor, id))).rejects.toMatchObject(absent);
    }
  });

  test("of a recording names the job that checks it, for whoever completes it and whoever asks later", async () => {
    const { id } = await anUpload(agent, { kind: "recording", contentType: "audio/wav" });
    const asked = () => record.database.read(agent, (scope) => readUpload(scope, agent, id));
    expect((await asked()).jobId).toBeNull();
    const said = {
      kind: "recording",
      direction: "inbound",
      from: "+13125550142",
      to: "+12125550100",
      startedAt: "2026-11-20T10:00:00Z",
      callerChannel: 1,
      language: null,
    } as const;
    await completeUpload(contextOf(record, agent), ports, id, said);
    const { state, jobId } = await asked();
    expect(state).toBe("checking");
    const job = await record.database.read(agent, (scope) =>
      readJob(scope, { sees: "own", requester: agent.userId }, jobId ?? newId("job")),
    );
    expect(job).toMatchObject({ id: jobId, kind: "upload.check", state: "queued" });
  });

  test("of another workspace is not there for any verb", async () => {
    const { id } = await anUpload(agent);
    const foreign = record.database.unitOfWork(userOf(await aWorkspace(record.database)));
    await expect(foreign((tx) => tx.uploads.find(id))).rejects.toMatchObject(absent);
    await expect(foreign((tx) => tx.uploads.lock(id))).rejects.toMatchObject(absent);
  });

  test("counts for the person who announced it, while its put may begin", async () => {
    const somebody = await aMember(record.database, workspaceId, "agent");
    const count = () => record.database.unitOfWork(somebody)((tx) => tx.uploads.countAwaited());
    expect(await count()).toBe(0);
    await anUpload(somebody);
    await anUpload(somebody, { state: "refused" });
    await anUpload(somebody, { expiresAt: new Date(Date.now() - 1) });
    await anUpload(supervisor);
    expect(await count()).toBe(1);
  });
});

describe("a screenshot", () => {
  test("is seen by those who see its call, and by nobody else", async () => {
    const { call, upload } = await aScreenshot();
    const list = (actor: UserActor) => record.database.read(actor, (scope) => listScreenshots(scope, actor, call.id));
    const read = (actor: UserActor) =>
      record.database.read(actor, (scope) => readScreenshot(scope, call.id, upload.id));
    expect(await list(supervisor)).toMatchObject([{ id: upload.id, caption: "The form", by: supervisor.userId }]);
    expect(await read(supervisor)).toEqual({ r2Key: upload.r2Key, version: upload.sha256 });
    for (const actor of [agent, userOf(await aWorkspace(record.database))]) {
      await expect(list(actor)).rejects.toMatchObject(absent);
      await expect(read(actor)).rejects.toMatchObject(absent);
    }
    await asSystem((tx) => tx.calls.addMembers(call, [agent.userId]));
    expect(await list(agent)).toHaveLength(1);
  });

  test("is on its own call alone, once it is accepted", async () => {
    const [one, other] = [await aScreenshot(), await aScreenshot()];
    const read = (callId: typeof one.call.id, id: typeof one.upload.id) =>
      record.database.read(supervisor, (scope) => readScreenshot(scope, callId, id));
    await expect(read(one.call.id, other.upload.id)).rejects.toMatchObject(absent);
    await asSystem((tx) => tx.uploads.save({ ...one.upload, state: "checking" }));
    await expect(read(one.call.id, one.upload.id)).rejects.toMatchObject(absent);
  });
});

describe("an avatar", () => {
  const read = (actor: UserActor, userId: UserId) =>
    record.database.read(actor, (scope) => readAvatar(scope, actor, userId));

  test("is shown to members of a workspace that the person is in", async () => {
    const id = newId("upload");
    const r2Key = `avatars/${agent.userId}/${id}.png`;
    expect(await asSystem((tx) => tx.uploads.setAvatar(agent.userId, r2Key))).toBeNull();
    expect(await read(supervisor, agent.userId)).toEqual({ r2Key, version: id });
    const stranger = await aMember(record.database, await aWorkspace(record.database), "owner");
    await expect(read(stranger, agent.userId)).rejects.toMatchObject(absent);
    await expect(read(supervisor, supervisor.userId)).rejects.toMatchObject(absent);
    const members = await record.database.read(supervisor, (scope) => listMembers(scope, supervisor));
    const urls = Object.fromEntries(members.map(({ id, avatarUrl }) => [id, avatarUrl]));
    expect([urls[agent.userId], urls[supervisor.userId]]).toEqual([`/v1/users/${agent.userId}/avatar?v=${id}`, null]);
  });

  test("takes the place of the one before; what a provider of identities left is none of ours", async () => {
    const person = await aMember(record.database, workspaceId, "viewer");
    const set = (key: string) => asSystem((tx) => tx.uploads.setAvatar(person.userId, key));
    expect(await set("https://images.example/me.png")).toBeNull();
    await expect(read(supervisor, person.userId)).rejects.toMatchObject(absent);
    const [first, second] = [1, 2].map(() => `avatars/${person.userId}/${newId("upload")}.png`);
    if (first === undefined || second === undefined) throw new Error("There are two");
    // Only what lies in our storage is there to be deleted.
    expect(await set(first)).toBeNull();
    expect(await set(second)).toBe(first);
    expect(await set(second)).toBeNull();
  });
});
