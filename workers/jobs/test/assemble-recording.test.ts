import { env } from "cloudflare:workers";
import { MULAW_SILENCE, mulawWavHeader, recordingKey, WAV_HEADER_BYTES } from "@earwitness/core";
import { newId } from "@earwitness/shared";
import { aRecording } from "@earwitness/testing/records";
import { describe, expect, test } from "vitest";
import type { Services } from "../src/services.ts";
import { aRecordedCall, withServices } from "./setup/record.ts";
import { aStep } from "./setup/step.ts";

const BYTES_PER_MS = 16;

/** A chunk of the call's sound in R2 and in the record: every byte of it is `sound`. */
async function aChunk(
  services: Services,
  call: Awaited<ReturnType<typeof aRecordedCall>>,
  chunk: { n: number; startMs: number; endMs: number; sound: number },
): Promise<void> {
  const { n, startMs, endMs, sound } = chunk;
  const r2Key = `chunks/${call.workspaceId}/${call.id}/${n}.wav`;
  const data = new Uint8Array((endMs - startMs) * BYTES_PER_MS).fill(sound);
  const header = mulawWavHeader(2, data.byteLength);
  await env.RECORDINGS.put(r2Key, await new Blob([header, data]).arrayBuffer());
  const { id: callId, workspaceId } = call;
  const sizeBytes = header.byteLength + data.byteLength;
  await services.ctx.unitOfWork((tx) =>
    tx.live.addChunk({ callId, workspaceId, chunk: n, r2Key, startMs, endMs, sizeBytes, held: [{ startMs, endMs }] }),
  );
}

async function aReplacement(services: Services, call: Awaited<ReturnType<typeof aRecordedCall>>) {
  const recording = aRecording(call, { id: newId("recording"), source: "chunks", carrierRecordingId: null });
  await services.ctx.unitOfWork((tx) => tx.recordings.add(recording));
  return recording;
}

const store = (services: Services, recordingId: `rec_${string}`) =>
  services.handlers["recording.store_own"].run(services.ctx, { recordingId }, aStep());

describe("a recording out of live chunks", () => {
  test("has each chunk where it belongs, and silence between them", () =>
    withServices(async (services) => {
      const call = await aRecordedCall(services);
      await aChunk(services, call, { n: 0, startMs: 1_000, endMs: 2_000, sound: 0x11 });
      await aChunk(services, call, { n: 1, startMs: 4_500, endMs: 5_000, sound: 0x22 });
      await services.ctx.unitOfWork((tx) =>
        tx.live.addGap({
          workspaceId: call.workspaceId,
          callId: call.id,
          n: 9,
          kind: "audio",
          channel: null,
          startMs: 2_000,
          endMs: 4_500,
          reason: "media_lost",
          detail: null,
        }),
      );
      const recording = await aReplacement(services, call);
      await store(services, recording.id);
      const object = await env.RECORDINGS.get(recordingKey(recording));
      const bytes = new Uint8Array((await object?.arrayBuffer()) ?? new ArrayBuffer(0));
      const audio = bytes.subarray(WAV_HEADER_BYTES);
      expect(audio.byteLength).toBe(4_000 * BYTES_PER_MS);
      const at = (ms: number) => audio[ms * BYTES_PER_MS];
      expect([0, 999, 1_000, 3_499, 3_500, 3_999].map(at)).toEqual([
        0x11,
        0x11,
        MULAW_SILENCE,
        MULAW_SILENCE,
        0x22,
        0x22,
      ]);
      const { stored, transcript } = await services.ctx.unitOfWork(async (tx) => ({
        stored: await tx.recordings.find(recording.id),
        transcript: await tx.transcripts.ofRecording(recording.id),
      }));
      expect(stored).toMatchObject({ state: "stored", durationMs: 4_000, channels: 2, sizeBytes: bytes.byteLength });
      expect(stored.note).toContain("2.50 s did not reach us");
      expect(transcript).toMatchObject({ state: "waiting" });
    }));

  test("says which pieces could not be found, and is made once", () =>
    withServices(async (services) => {
      const call = await aRecordedCall(services);
      await aChunk(services, call, { n: 0, startMs: 0, endMs: 1_000, sound: 0x11 });
      await aChunk(services, call, { n: 1, startMs: 1_000, endMs: 2_000, sound: 0x22 });
      await env.RECORDINGS.delete(`chunks/${call.workspaceId}/${call.id}/1.wav`);
      const recording = await aReplacement(services, call);
      await store(services, recording.id);
      await store(services, recording.id);
      const stored = await services.ctx.unitOfWork((tx) => tx.recordings.find(recording.id));
      expect(stored).toMatchObject({ state: "stored", durationMs: 2_000 });
      expect(stored.note).toContain("1 of its pieces could not be found");
    }));
});
