import { env } from "cloudflare:workers";
import {
  CHECKED_FOLDERS,
  CHECKED_ROWS,
  checkChecksums,
  checkStorage,
  type ExportRecord,
  exportKey,
  peaksKey,
  purge,
  purgeObjects,
  type RecordingRecord,
  recordingKey,
  trashKey,
} from "@earwitness/core";
import { newId } from "@earwitness/shared";
import { describe, expect, test, vi } from "vitest";
import type { Services } from "../src/services.ts";
import { aRecordedCall, aSavedRecording, askedOf, withServices } from "./setup/record.ts";

const DAY_MS = 24 * 60 * 60_000;
const SOUND = Uint8Array.from(Buffer.from("the sound of a call"));
const sha256Of = async (bytes: Uint8Array<ArrayBuffer>) =>
  Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("hex");
const isThere = async (key: string) => (await env.RECORDINGS.head(key)) !== null;
/** The services of somebody to whom it is so much later. */
const later = (services: Services, ms: number) => ({
  ...services.ctx,
  clock: { now: () => new Date(Date.now() + ms) },
});

/** A recording that is stored, of bytes that are no audio. */
async function aStoredRecording(services: Services, changes: Partial<RecordingRecord> = {}): Promise<RecordingRecord> {
  const { recording } = await aSavedRecording(services);
  const stored: RecordingRecord = {
    ...recording,
    state: "stored",
    r2Key: recordingKey(recording),
    peaksKey: peaksKey(recording),
    sizeBytes: SOUND.length,
    sha256: await sha256Of(SOUND),
    contentType: "audio/wav",
    storedAt: new Date(),
    ...changes,
  };
  await services.ctx.unitOfWork(async (tx) => {
    await tx.recordings.save(stored);
    await tx.calls.setRecordingState(stored.callId, "stored");
  });
  await env.RECORDINGS.put(recordingKey(recording), SOUND);
  await env.RECORDINGS.put(peaksKey(recording), SOUND);
  return stored;
}

const find = ({ ctx }: Services, { id }: RecordingRecord) => ctx.unitOfWork((tx) => tx.recordings.find(id));
const findings = ({ ctx }: Services, key: string) =>
  ctx
    .unitOfWork((tx) => tx.storageChecks.openFindings(10_000))
    .then((all) => all.filter(({ r2Key }) => r2Key === key).map(({ kind }) => kind));
/** From the beginning: tests share the storage, and a run goes on where the last one ended. */
async function check(services: Services, ms = 0, store = services.ports.store): Promise<void> {
  await services.ctx.unitOfWork(async (tx) => {
    for (const folder of CHECKED_FOLDERS) await tx.cronRuns.move(`orphans/objects/${folder}`, null);
    for (const of of CHECKED_ROWS) await tx.cronRuns.move(`orphans/rows/${of}`, null);
  });
  await checkStorage(later(services, ms), store);
}

describe("what lies in the storage and no row knows", () => {
  test("is moved aside after a day, never deleted, and told", () =>
    withServices(async (services) => {
      const [workspaceId, callId] = [newId("workspace"), newId("call")];
      const key = `recordings/${workspaceId}/${callId}/${newId("recording")}.wav`;
      await env.RECORDINGS.put(key, SOUND);
      await check(services);
      expect(await isThere(key)).toBe(true);
      await check(services, 2 * DAY_MS);
      expect([await isThere(key), await isThere(trashKey(key))]).toEqual([false, true]);
      expect(await (await env.RECORDINGS.get(trashKey(key)))?.text()).toBe("the sound of a call");
      expect(await findings(services, key)).toEqual(["object_without_row"]);
      // The bucket's own rule deletes it in the end: then there is nothing to tell any more.
      await env.RECORDINGS.delete(trashKey(key));
      await check(services, 2 * DAY_MS);
      expect(await findings(services, key)).toEqual([]);
    }));

  test("is left where it is when it is none of ours, or its workspace is held", () =>
    withServices(async (services) => {
      const { workspaceId } = await aRecordedCall(services);
      await services.ctx.unitOfWork((tx) =>
        tx.holds.add({
          id: newId("hold"),
          workspaceId,
          callId: null,
          reason: "Acme v. Us",
          placedBy: newId("user"),
          placedAt: new Date(),
          releasedBy: null,
          releasedAt: null,
        }),
      );
      const held = `recordings/${workspaceId}/${newId("call")}/${newId("recording")}.wav`;
      const theirs = [`imports/${workspaceId}/calls.csv`, `audit-heads/${workspaceId}/1.json`, "notes.txt"];
      for (const key of [held, ...theirs]) await env.RECORDINGS.put(key, SOUND);
      await check(services, 2 * DAY_MS);
      for (const key of [held, ...theirs]) expect(await isThere(key), key).toBe(true);
      expect(await findings(services, held)).toEqual(["object_without_row"]);
      for (const key of theirs) expect(await findings(services, key)).toEqual([]);
    }));

  test("is found in each folder, however much lies in another", () =>
    withServices(async (services) => {
      const { store } = services.ports;
      const [workspaceId, callId] = [newId("workspace"), newId("call")];
      const key = `recordings/${workspaceId}/${callId}/${newId("recording")}.wav`;
      await env.RECORDINGS.put(key, SOUND);
      // Live sound without an end, as a bucket of years has: it comes before every recording.
      let pages = 0;
      const endless: typeof store = {
        ...store,
        async list(prefix, after) {
          if (prefix !== "chunks/" && prefix !== "") return store.list(prefix, after);
          const chunk = `chunks/${workspaceId}/${callId}/${String(++pages).padStart(9, "0")}.wav`;
          return { files: [{ key: chunk, storedAt: new Date(Date.now() + 2 * DAY_MS) }], next: chunk };
        },
      };
      await check(services, 2 * DAY_MS, endless);
      expect([await isThere(key), await isThere(trashKey(key))]).toEqual([false, true]);
      // What the others left of the run is the endless one's, which goes on from there.
      const position = await services.ctx.unitOfWork((tx) => tx.cronRuns.position("orphans/objects/chunks/"));
      expect(pages).toBeGreaterThan(3);
      expect(position).toContain(`/${String(pages).padStart(9, "0")}.wav`);
    }));

  test("is known as long as a row says that it is there, or on its way", () =>
    withServices(async (services) => {
      const stored = await aStoredRecording(services);
      const { recording: coming } = await aSavedRecording(services);
      await env.RECORDINGS.put(recordingKey(coming), SOUND);
      await check(services, 2 * DAY_MS);
      for (const key of [recordingKey(stored), peaksKey(stored), recordingKey(coming)]) {
        expect(await isThere(key), key).toBe(true);
      }
    }));
});

describe("a recording whose audio the storage has lost", () => {
  test("is fetched from the carrier again, and settled once it is there", () =>
    withServices(async (services) => {
      const stored = await aStoredRecording(services);
      const key = recordingKey(stored);
      await env.RECORDINGS.delete(key);
      await check(services);
      expect(await find(services, stored)).toMatchObject({
        state: "storing",
        note: expect.stringContaining("SHA-256"),
      });
      expect(await findings(services, key)).toEqual(["row_without_object"]);
      await env.RECORDINGS.put(key, SOUND);
      await check(services);
      expect(await findings(services, key)).toEqual([]);
    }));

  test("is missing where nobody else has it, and says so", () =>
    withServices(async (services) => {
      const stored = await aStoredRecording(services, { carrierDeletedAt: new Date() });
      await env.RECORDINGS.delete(recordingKey(stored));
      await check(services);
      expect(await find(services, stored)).toMatchObject({
        state: "missing",
        r2Key: null,
        failure: { code: "not_found", canRetry: false },
      });
    }));
});

describe("what else a row names and the storage has lost", () => {
  /** Rows of each sort, of which none has its object. */
  async function aMissing(services: Services) {
    const { workspaceId, id: callId } = await aRecordedCall(services);
    const [uploadId, exportId, userId] = [newId("upload"), newId("export"), newId("user")];
    const at = new Date();
    const wish: ExportRecord = {
      id: exportId,
      workspaceId,
      kind: "calls",
      format: "csv",
      filter: {},
      requestedBy: userId,
      sees: "all",
      state: "ready",
      jobId: null,
      progress: null,
      rowCount: 0,
      sizeBytes: 1,
      sha256: "a",
      r2Key: exportKey({ workspaceId, id: exportId, format: "csv" }),
      reason: null,
      createdAt: at,
      finishedAt: at,
      expiresAt: null,
    };
    const chunk = `chunks/${workspaceId}/${callId}/0.wav`;
    const screenshot = `screenshots/${workspaceId}/${callId}/${uploadId}.png`;
    const avatar = `avatars/${userId}/${newId("upload")}.png`;
    await services.ctx.unitOfWork(async (tx) => {
      const held = [{ startMs: 0, endMs: 1 }];
      await tx.live.addChunk({ workspaceId, callId, chunk: 0, r2Key: chunk, startMs: 0, endMs: 1, sizeBytes: 1, held });
      await tx.uploads.add({
        id: uploadId,
        workspaceId,
        kind: "screenshot",
        contentType: "image/png",
        sizeBytes: 1,
        sha256: "a",
        state: "accepted",
        r2Key: screenshot,
        reason: null,
        details: null,
        callId,
        createdBy: null,
        createdAt: at,
        expiresAt: at,
        settledAt: at,
      });
      await tx.exports.add(wish);
      await tx.users.add({ id: userId, email: `${userId}@test.example`, name: null, emailVerifiedAt: null });
      await tx.uploads.setAvatar(userId, avatar);
    });
    return { wish, userId, keys: { chunk, screenshot, export: exportKey(wish), avatar } };
  }

  test("is told, and settled once it is there, or no row names it any more", () =>
    withServices(async (services) => {
      const { wish, userId, keys } = await aMissing(services);
      await check(services);
      for (const key of Object.values(keys)) expect(await findings(services, key), key).toEqual(["row_without_object"]);
      for (const key of [keys.chunk, keys.screenshot]) await env.RECORDINGS.put(key, SOUND);
      await services.ctx.unitOfWork(async (tx) => {
        await tx.exports.save({ ...wish, state: "expired", r2Key: null });
        await tx.uploads.setAvatar(userId, "https://pictures.example/1.png");
      });
      await check(services);
      for (const key of Object.values(keys)) expect(await findings(services, key), key).toEqual([]);
    }));

  test("is looked for from where the last run ended", () =>
    withServices(async (services) => {
      const { ctx } = services;
      const first = await aMissing(services);
      const second = await aMissing(services);
      const all = (of: "chunk" | "screenshot" | "export" | "avatar", after: string | null) =>
        ctx.unitOfWork((tx) => tx.storageChecks.awaited(of, after, 10_000));
      for (const of of ["chunk", "screenshot", "export", "avatar"] as const) {
        const rows = await all(of, null);
        const at = rows.findIndex(({ key }) => key === first.keys[of]);
        const after = await all(of, rows[at]?.position ?? null);
        expect(after.map(({ key }) => key)).toEqual(rows.slice(at + 1).map(({ key }) => key));
        expect(after.map(({ key }) => key)).toContain(second.keys[of]);
      }
    }));
});

describe("checksums", () => {
  const all = (services: Services, ms = 0) => {
    const ctx = later(services, ms);
    return checkChecksums(ctx, services.ports, ctx.clock.now());
  };
  const checkedOf = async (services: Services, recording: RecordingRecord) =>
    (
      await services.ctx.unitOfWork((tx) =>
        tx.storageChecks.longestUnchecked(new Date(Date.now() + 365 * DAY_MS), 10_000),
      )
    ).findIndex(({ id }) => id === recording.id);

  test("find what is not what was stored, once, and settle it when it is right again", () =>
    withServices(async (services) => {
      const [good, bad] = [await aStoredRecording(services), await aStoredRecording(services)];
      await env.RECORDINGS.put(recordingKey(bad), "another sound");
      expect((await all(services)).differing).toBeGreaterThanOrEqual(1);
      expect(await findings(services, recordingKey(bad))).toEqual(["checksum_differs"]);
      expect(await findings(services, recordingKey(good))).toEqual([]);
      const logged = async () =>
        (await services.ctx.unitOfWork((tx) => tx.audit.heads(null, 10_000))).find(
          ({ workspaceId }) => workspaceId === bad.workspaceId,
        )?.n;
      expect(await logged()).toBe(1);
      await all(services, 2 * DAY_MS);
      expect(await logged()).toBe(1);
      await env.RECORDINGS.put(recordingKey(bad), SOUND);
      await all(services, 4 * DAY_MS);
      expect(await findings(services, recordingKey(bad))).toEqual([]);
    }));

  test("are compared though one cannot be read, and one is never read to its end: neither is the next run's first", () =>
    withServices(async (services) => {
      const [broken, endless] = [await aStoredRecording(services), await aStoredRecording(services)];
      const fresh = await aStoredRecording(services);
      const { ctx, ports } = services;
      const read = (key: string) => {
        if (key === recordingKey(broken)) return Promise.reject(new Error("The read broke"));
        if (key !== recordingKey(endless)) return ports.blobs.read(key);
        vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
        // By then its time limit is set.
        queueMicrotask(() => {
          vi.advanceTimersByTime(80_000);
          vi.useRealTimers();
        });
        return new Promise<never>(() => {});
      };
      const checking = checkChecksums(ctx, { ...ports, blobs: { read } }, ctx.clock.now());
      await expect(checking).rejects.toThrow("recordings 2 could not be compared");
      const never = await ctx.unitOfWork((tx) => tx.storageChecks.longestUnchecked(new Date(0), 10_000));
      for (const { id } of [broken, endless, fresh]) expect(never.map((each) => each.id)).not.toContain(id);
    }));

  test("begin with what was looked at longest ago", () =>
    withServices(async (services) => {
      const first = await aStoredRecording(services);
      await all(services, 10 * DAY_MS);
      const fresh = await aStoredRecording(services);
      expect(await checkedOf(services, fresh)).toBeLessThan(await checkedOf(services, first));
    }));
});

describe("what was purged", () => {
  test("leaves the storage and the carrier after the record, however often it is tried", () =>
    withServices(async (services) => {
      const stored = await aStoredRecording(services);
      const { ctx, ports } = services;
      const keys = [recordingKey(stored), peaksKey(stored)];
      expect(await purge(ctx, stored.callId, { kind: "recordings", days: 30, isDue: () => true })).toBe("purged");
      for (const key of keys) expect(await isThere(key)).toBe(true);
      // It dies between the storage and the record.
      let asked = 0;
      const dying: typeof ctx = {
        ...ctx,
        unitOfWork: (work) => (asked++ === 0 ? ctx.unitOfWork(work) : Promise.reject(new Error("died"))),
      };
      await expect(purgeObjects(dying, ports.store, stored.callId)).rejects.toThrow("died");
      for (const key of keys) expect(await isThere(key)).toBe(false);
      await purgeObjects(ctx, ports.store, stored.callId);
      await purgeObjects(ctx, ports.store, stored.callId);
      expect(await find(services, stored)).toMatchObject({ state: "purged", r2Key: null, peaksKey: null });
      const { handlers } = services;
      const step = { signal: new AbortController().signal, progress: async () => {}, checkCancelled: async () => {} };
      await handlers["recording.delete_carrier_copy"].run(ctx, { recordingId: stored.id }, step);
      expect((await askedOf(stored)).isDeleted).toBe(true);
    }));

  test("does not come back by a transfer that was under way", () =>
    withServices(async (services) => {
      const { recording } = await aSavedRecording(services);
      const { ctx, ports, handlers } = services;
      await purge(ctx, recording.callId, { kind: "recordings", days: 30, isDue: () => true });
      // As the transfer saw it, before it was purged.
      let reads = 0;
      const stale: typeof ctx = {
        ...ctx,
        unitOfWork: async (work) => {
          const result = await ctx.unitOfWork((tx) =>
            work(reads++ === 0 ? { ...tx, recordings: { ...tx.recordings, find: async () => recording } } : tx),
          );
          return result;
        },
      };
      const step = { signal: new AbortController().signal, progress: async () => {}, checkCancelled: async () => {} };
      await handlers["recording.store"].run(stale, { recordingId: recording.id }, step);
      expect(await find(services, recording)).toMatchObject({ state: "purged" });
      expect(await isThere(recordingKey(recording))).toBe(false);
      await purgeObjects(ctx, ports.store, recording.callId);
    }));
});
