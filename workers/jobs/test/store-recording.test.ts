import { env } from "cloudflare:workers";
import { peaksKey, type RecordingRecord, recordingKey, storeRecording } from "@earwitness/core";
import { EarwitnessError, PeaksView } from "@earwitness/shared";
import { describe, expect, test } from "vitest";
import type { Services } from "../src/services.ts";
import { aSavedRecording, askedOf, withServices } from "./setup/record.ts";
import { aStep } from "./setup/step.ts";

const store = (services: Services, { id }: RecordingRecord, step = aStep()) =>
  services.handlers["recording.store"].run(services.ctx, { recordingId: id }, step);
const unasked = { kind: "unasked" };
const found = (services: Services, { id }: RecordingRecord) => services.ctx.unitOfWork((tx) => tx.recordings.find(id));
const keysOf = async (recording: RecordingRecord) =>
  (await env.RECORDINGS.list({ prefix: `recordings/${recording.workspaceId}/` })).objects.map(({ key }) => key);

async function sha256InR2(key: string): Promise<string> {
  const object = await env.RECORDINGS.get(key);
  const digest = new crypto.DigestStream("SHA-256");
  await object?.body.pipeTo(digest);
  return Array.from(new Uint8Array(await digest.digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

describe("storing a recording", () => {
  test("puts the carrier's bytes into R2 and says what they are", () =>
    withServices(async (services) => {
      const { recording, file } = await aSavedRecording(services);
      expect(await store(services, recording)).toBeNull();
      const key = recordingKey(recording);
      expect(await found(services, recording)).toMatchObject({
        state: "stored",
        sizeBytes: file.sizeBytes,
        sha256: file.sha256,
        durationMs: 5_000,
        channels: 2,
        contentType: "audio/wav",
        r2Key: key,
        failure: null,
        note: null,
      });
      expect(await sha256InR2(key)).toBe(file.sha256);
      expect(await askedOf(recording)).toMatchObject({ minted: 1, downloads: 1 });
    }));

  test("keeps its loudness for drawing, each channel by itself", () =>
    withServices(async (services) => {
      const { recording } = await aSavedRecording(services);
      await store(services, recording);
      const object = await env.RECORDINGS.get(peaksKey(recording));
      const view = PeaksView.parse(await object?.json());
      expect(view).toMatchObject({ recordingId: recording.id, windowMs: 50, durationMs: 5_000 });
      expect(view.peaks).toEqual([Array(100).fill(128), Array(100).fill(64)]);
    }));

  test("asks for its transcript, and tells the call", () =>
    withServices(async (services) => {
      const { recording } = await aSavedRecording(services);
      await store(services, recording);
      const { call, transcript } = await services.ctx.unitOfWork(async (tx) => ({
        call: await tx.calls.find(recording.callId),
        transcript: await tx.transcripts.ofRecording(recording.id),
      }));
      expect(call).toMatchObject({ recordingState: "stored", transcriptState: "waiting" });
      expect(transcript).toMatchObject({ version: 1, state: "waiting" });
    }));

  test("twice, and twice at once, stores and asks once", () =>
    withServices(async (services) => {
      const { recording } = await aSavedRecording(services);
      await Promise.all([store(services, recording), store(services, recording)]);
      expect(await store(services, recording)).toEqual(unasked);
      expect(await keysOf(recording)).toEqual([recordingKey(recording)]);
      expect(await found(services, recording)).toMatchObject({ state: "stored" });
    }));

  test("takes the file that an attempt left in R2 when it died, without fetching it again", () =>
    withServices(async (services) => {
      const { recording, file } = await aSavedRecording(services);
      const download = await fetch(file.url);
      await env.RECORDINGS.put(recordingKey(recording), await download.arrayBuffer());
      expect(await store(services, recording)).toEqual(unasked);
      expect(await found(services, recording)).toMatchObject({ state: "stored", sha256: file.sha256 });
      expect(await askedOf(recording)).toMatchObject({ downloads: 1 });
    }));

  test("begins again from a fresh address when the transfer breaks off", () =>
    withServices(async (services) => {
      const { recording, file } = await aSavedRecording(services, { deliveries: [{ cutAfterBytes: 70_000 }, {}] });
      await store(services, recording);
      expect(await sha256InR2(recordingKey(recording))).toBe(file.sha256);
      expect(await found(services, recording)).toMatchObject({ state: "stored", sha256: file.sha256 });
      expect(await askedOf(recording)).toMatchObject({ minted: 2, downloads: 2 });
    }));

  test.each([403, 404, 503])("mints another address for one that answers %i", (status) =>
    withServices(async (services) => {
      const { recording } = await aSavedRecording(services, { deliveries: [{ status }, {}] });
      await store(services, recording);
      expect(await found(services, recording)).toMatchObject({ state: "stored" });
      expect(await askedOf(recording)).toMatchObject({ minted: 2, downloads: 2 });
    }),
  );

  test.each([403, 404])("comes again later where even fresh addresses answer %i", (status) =>
    withServices(async (services) => {
      const refused = Array.from({ length: 3 }, () => ({ status }));
      const { recording } = await aSavedRecording(services, { deliveries: [...refused, {}] });
      await expect(store(services, recording)).rejects.toMatchObject({ code: "vendor_failed", retryable: true });
      await store(services, recording);
      expect(await found(services, recording)).toMatchObject({ state: "stored" });
    }),
  );

  test("lets a carrier alone that asks for it", () =>
    withServices(async (services) => {
      const { recording } = await aSavedRecording(services);
      let opened = 0;
      const open = () => {
        opened++;
        return Promise.reject(new EarwitnessError("vendor_failed", "Not now.", { retryAfterMs: 7_000 }));
      };
      const storing = storeRecording(services.ctx, { ...services.ports, audio: { open } }, recording.id, aStep());
      await expect(storing).rejects.toMatchObject({ retryAfterMs: 7_000 });
      expect(opened).toBe(1);
    }));

  test("does not try an address that must have died", () =>
    withServices(async (services) => {
      const old = { savedAt: new Date(Date.now() - 10 * 60_000) };
      const { recording } = await aSavedRecording(services, { deliveries: [{ status: 403 }, {}] }, old);
      await store(services, recording);
      expect(await askedOf(recording)).toMatchObject({ minted: 2, downloads: 1 });
    }));

  test("finds the recording by its leg where the notice gave no id", () =>
    withServices(async (services) => {
      const unnamed = { carrierRecordingId: null, carrierUrl: null };
      const { recording, file } = await aSavedRecording(services, {}, unnamed);
      await store(services, recording);
      expect(await found(services, recording)).toMatchObject({ state: "stored", sha256: file.sha256 });
    }));

  test(
    "takes a file whose length nobody tells",
    () =>
      withServices(async (services) => {
        const { recording, file } = await aSavedRecording(services, {
          // Three parts of a multipart upload.
          durationMs: 600_000,
          deliveries: [{ tellsLength: false }],
        });
        await store(services, recording);
        expect(await sha256InR2(recordingKey(recording))).toBe(file.sha256);
        expect(await found(services, recording)).toMatchObject({ sizeBytes: file.sizeBytes, durationMs: 600_000 });
      }),
    30_000,
  );

  test("tells how much of it is here, once it is much", () =>
    withServices(async (services) => {
      const { recording, file } = await aSavedRecording(services, { durationMs: 600_000 });
      const told: [number, number | null, string][] = [];
      const progress = async (...how: (typeof told)[number]) => void told.push(how);
      await store(services, recording, { ...aStep(), progress });
      expect(told.length).toBeGreaterThan(10);
      expect(told[0]?.[0]).toBeGreaterThan(4 * 1024 * 1024);
      const steps = told.slice(1, -1).map(([done], n) => done - (told[n]?.[0] ?? 0));
      expect(Math.min(...steps), "a wait at each chunk would cost memory").toBeGreaterThanOrEqual(1024 * 1024);
      expect(told.at(-1)).toEqual([file.sizeBytes, file.sizeBytes, "bytes"]);
    }));

  test.each([
    { name: "breaks off every time", deliveries: [{ cutAfterBytes: 70_000 }], answer: { status: null } },
    {
      name: "breaks off every time, with no length told",
      deliveries: [{ cutAfterBytes: 70_000, tellsLength: false }],
      answer: { status: null },
    },
    { name: "is no audio", deliveries: [{ isHtml: true }], answer: undefined },
    { name: "is refused every time", deliveries: [{ status: 403 }], answer: { status: 403 } },
  ])("leaves nothing in R2 of a file that $name, and says what the carrier answered", ({ deliveries, answer }) =>
    withServices(async (services) => {
      const { recording } = await aSavedRecording(services, { deliveries });
      await expect(store(services, recording)).rejects.toMatchObject({ vendorAnswer: answer });
      expect(await keysOf(recording)).toEqual([]);
      expect(await found(services, recording)).toMatchObject({ state: "storing" });
      expect(await askedOf(recording)).toMatchObject({ downloads: 3 });
    }),
  );

  test("notes what the file lacks against the carrier's word, and keeps it all the same", () =>
    withServices(async (services) => {
      const longer = { endedAt: new Date("2026-11-21T09:00:30Z") };
      const { recording } = await aSavedRecording(services, {}, longer);
      await store(services, recording);
      expect(await found(services, recording)).toMatchObject({
        state: "stored",
        note: "The file holds 5.0 s; the carrier announced 28.0 s.",
      });
    }));

  test("of a call in which nobody can have spoken gives it an empty transcript", () =>
    withServices(async (services) => {
      const { recording } = await aSavedRecording(services, { durationMs: 0 });
      await store(services, recording);
      const transcript = await services.ctx.unitOfWork((tx) => tx.transcripts.ofRecording(recording.id));
      expect(transcript).toMatchObject({ state: "empty" });
      expect(await found(services, recording)).toMatchObject({ state: "stored", durationMs: 0 });
    }));

  test(
    "of hundreds of megabytes passes in one piece",
    () =>
      withServices(async (services) => {
        const { recording, file } = await aSavedRecording(services, { durationMs: 6_600_000 });
        expect(file.sizeBytes).toBeGreaterThan(200_000_000);
        await store(services, recording);
        expect(await found(services, recording)).toMatchObject({
          state: "stored",
          sizeBytes: file.sizeBytes,
          sha256: file.sha256,
          durationMs: 6_600_000,
        });
      }),
    120_000,
  );
});
