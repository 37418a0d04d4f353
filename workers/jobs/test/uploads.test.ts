import { env } from "cloudflare:workers";
import { checkUpload, sweepUploads, type UploadRecord } from "@earwitness/core";
import { newId, type UploadId } from "@earwitness/shared";
import { expect, test } from "vitest";
import type { Services } from "../src/services.ts";
import { withServices } from "./setup/record.ts";
import { aSound } from "./setup/sound.ts";

const HOUR_MS = 60 * 60_000;

const SOUND = aSound();

async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("hex");
}

/** A recording that was announced, put and posted, and is still to be checked. */
async function aPostedRecording({ ctx }: Services, changes: Partial<UploadRecord> = {}): Promise<UploadRecord> {
  const [id, workspaceId] = [newId("upload"), newId("workspace")];
  const upload: UploadRecord = {
    id,
    workspaceId,
    kind: "recording",
    contentType: "audio/wav",
    sizeBytes: SOUND.length,
    sha256: await sha256Of(SOUND),
    state: "checking",
    r2Key: `quarantine/${workspaceId}/${id}`,
    reason: null,
    details: {
      said: {
        kind: "recording",
        direction: "inbound",
        from: "+14155550100",
        to: "+14155550101",
        startedAt: "2026-10-01T09:30:00.000Z",
        callerChannel: 1,
        language: null,
      },
      by: newId("apiKey"),
      recordingId: newId("recording"),
    },
    callId: newId("call"),
    createdBy: null,
    createdAt: new Date(),
    expiresAt: new Date(Date.now() + 600_000),
    settledAt: null,
    ...changes,
  };
  await ctx.unitOfWork(async (tx) => {
    await tx.workspaces.add({ id: workspaceId, name: "Test" });
    await tx.uploads.add(upload);
  });
  await env.RECORDINGS.put(upload.r2Key, SOUND);
  return upload;
}

const find = ({ ctx }: Services, id: UploadId) => ctx.unitOfWork((tx) => tx.uploads.find(id));
const isThere = async (key: string) => (await env.RECORDINGS.head(key)) !== null;
/** The services of somebody to whom it is so much later. */
function later(services: Services, ms: number) {
  return { ...services.ctx, clock: { now: () => new Date(Date.now() + ms) } };
}

test("two checks of one recording at once make one call of it", () =>
  withServices(async (services) => {
    const upload = await aPostedRecording(services);
    const { ctx, ports } = services;
    await Promise.all([1, 2, 3].map(() => checkUpload(ctx, ports, upload.id)));
    const { state, r2Key, callId } = await find(services, upload.id);
    expect(state).toBe("accepted");
    if (callId === null) throw new Error("It has become no call");
    expect([await isThere(upload.r2Key), await isThere(r2Key)]).toEqual([false, true]);
    const recordings = await ctx.unitOfWork((tx) => tx.recordings.ofCall(callId));
    expect(recordings).toMatchObject([{ source: "upload", state: "storing", channels: 1 }]);
    expect((await env.RECORDINGS.head(r2Key))?.checksums.toJSON().sha256).toBe(upload.sha256);
  }));

test("a check tells how far it is", () =>
  withServices(async (services) => {
    const upload = await aPostedRecording(services);
    const { ctx, ports } = services;
    const told: [number, number | null, string][] = [];
    const progress = async (...how: (typeof told)[number]) => void told.push(how);
    await checkUpload(ctx, ports, upload.id, { signal: new AbortController().signal, progress });
    expect(told.at(-1)).toEqual([SOUND.length, SOUND.length, "bytes"]);
  }));

test("a check that died after it had moved the file goes on where it was", () =>
  withServices(async (services) => {
    const upload = await aPostedRecording(services);
    const { ctx, ports } = services;
    const dying = { ...ctx, unitOfWork: ctx.unitOfWork };
    let asked = 0;
    dying.unitOfWork = (work) => (asked++ === 0 ? ctx.unitOfWork(work) : Promise.reject(new Error("died")));
    await expect(checkUpload(dying, ports, upload.id)).rejects.toThrow("died");
    expect((await find(services, upload.id)).state).toBe("checking");
    await checkUpload(ctx, ports, upload.id);
    expect((await find(services, upload.id)).state).toBe("accepted");
  }));

test("an object that is not what was announced is refused by its size and by the storage's own checksum", () =>
  withServices(async (services) => {
    const longer = await aPostedRecording(services, { sizeBytes: SOUND.length + 1 });
    const other = await aPostedRecording(services, { sha256: "0".repeat(64) });
    await env.RECORDINGS.put(other.r2Key, SOUND, { sha256: await sha256Of(SOUND) });
    const gone = await aPostedRecording(services);
    await env.RECORDINGS.delete(gone.r2Key);
    for (const { id } of [longer, other, gone]) await checkUpload(services.ctx, services.ports, id);
    const reasons = [longer, other, gone].map(async ({ id }) => (await find(services, id)).reason);
    expect(await Promise.all(reasons)).toEqual([
      expect.stringContaining(`${SOUND.length} bytes; ${SOUND.length + 1} were announced`),
      expect.stringContaining("SHA-256"),
      expect.stringContaining("not there any more"),
    ]);
    expect(await isThere(longer.r2Key)).toBe(false);
    expect(await isThere(other.r2Key)).toBe(false);
  }));

test("the sweep empties quarantine of what is nobody's, and leaves what is awaited, also when two run at once", () =>
  withServices(async (services) => {
    const { store } = services.ports;
    const checking = await aPostedRecording(services, { expiresAt: new Date(Date.now() + 24 * HOUR_MS) });
    const settled = await aPostedRecording(services, { state: "refused" });
    const nobodys = `quarantine/${newId("workspace")}/${newId("upload")}`;
    const strange = "quarantine/../recordings/x.wav";
    const elsewhere = `recordings/${newId("workspace")}/x.wav`;
    for (const key of [nobodys, strange, elsewhere]) await env.RECORDINGS.put(key, SOUND);

    // What came a moment ago may still be posted.
    await sweepUploads(services.ctx, store);
    expect(await isThere(nobodys)).toBe(true);
    await Promise.all([1, 2].map(() => sweepUploads(later(services, 3 * HOUR_MS), store)));
    const keys = [checking.r2Key, elsewhere, settled.r2Key, nobodys, strange];
    expect(await Promise.all(keys.map(isThere))).toEqual([true, true, false, false, false]);
  }));

test("the sweep refuses what expired, once, and has checks that broke off run", () =>
  withServices(async (services) => {
    const awaited = { state: "awaited", details: null, callId: null } as const;
    const expired = await aPostedRecording(services, awaited);
    const forgotten = await aPostedRecording(services);
    const { store } = services.ports;
    // Its put may have begun in the last moment, and be on its way.
    await sweepUploads(later(services, HOUR_MS), store);
    expect((await find(services, expired.id)).state).toBe("awaited");
    await Promise.all([1, 2].map(() => sweepUploads(later(services, 3 * HOUR_MS), store)));
    expect(await find(services, expired.id)).toMatchObject({
      state: "refused",
      reason: expect.stringContaining("Nobody said"),
    });
    expect(await isThere(expired.r2Key)).toBe(false);
    expect((await find(services, forgotten.id)).state).toBe("checking");
    // A key keeps the job that took it first: one of another kind under it comes out as the sweep's.
    const { workspaceId } = forgotten;
    const job = await services.ctx.unitOfWork(async (tx) => {
      const key = `upload.check/${forgotten.id}`;
      return tx.jobs.lock(await tx.jobs.add({ workspaceId, kind: "numbers.sync", key, payload: { workspaceId } }));
    });
    expect(job).toMatchObject({ kind: "upload.check", payload: { uploadId: forgotten.id } });
  }));
