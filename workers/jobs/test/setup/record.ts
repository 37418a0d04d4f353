import { env } from "cloudflare:workers";
import type { CallRecord, RecordingRecord } from "@earwitness/core";
import { newId } from "@earwitness/shared";
import { aCall, aRecording } from "@earwitness/testing/records";
import { inject } from "vitest";
import { z } from "zod";
import { createServices, type Services } from "../../src/services.ts";
import type { ScriptedRecording } from "./carrier.ts";

const silentAlarm = { getByName: () => ({ arm: async () => {} }) };

/**
 * Uses the worker's own services for one moment, as an invocation does. Nothing that a test adds by them is drained but by itself,
 * unless it is `armed`: else a job that it runs by hand would be run beside it.
 */
export async function withServices<T>(use: (services: Services) => Promise<T>, armed = false): Promise<T> {
  const services = createServices(armed ? env : { ...env, OUTBOX_ALARM: silentAlarm }, "test");
  try {
    return await use(services);
  } finally {
    await services.close();
  }
}

/** An ended call of a workspace of its own, recorded, without a recording yet. */
export async function aRecordedCall(services: Services): Promise<CallRecord> {
  const workspaceId = newId("workspace");
  const startedAt = new Date("2026-11-21T09:00:00Z");
  const call = aCall(workspaceId, {
    carrierSessionId: null,
    state: "ended",
    startedAt,
    answeredAt: startedAt,
    recordingStartedAt: startedAt,
    endedAt: new Date(startedAt.getTime() + 60_000),
    durationMs: 60_000,
    hangupCause: "completed",
    endedBy: "caller",
    carrierCause: "normal_clearing",
    sipCode: "200",
    recordingState: "storing",
  });
  await services.ctx.unitOfWork(async (tx) => {
    await tx.workspaces.add({ id: workspaceId, name: "Test" });
    await tx.calls.save(call);
  });
  return call;
}

const Scripted = z.object({ url: z.string(), sha256: z.string(), sizeBytes: z.int() });

/** A recording that the scripted carrier has, told to us with its first address and not stored yet. */
export async function aSavedRecording(
  services: Services,
  script: Partial<ScriptedRecording> = {},
  changes: Partial<RecordingRecord> = {},
): Promise<{ recording: RecordingRecord; file: z.infer<typeof Scripted> }> {
  const call = await aRecordedCall(services);
  const id = newId("recording");
  const durationMs = script.durationMs ?? 5_000;
  const file = Scripted.parse(
    await carrier("PUT", "/recordings", {
      id: `carrier-${id}`,
      legId: `leg-${id}`,
      deliveries: [{}],
      ...script,
      durationMs,
    }),
  );
  const startedAt = new Date("2026-11-21T09:00:02Z");
  const recording = aRecording(call, {
    id,
    carrierLegId: `leg-${id}`,
    carrierUrl: file.url,
    savedAt: new Date(),
    startedAt,
    endedAt: new Date(startedAt.getTime() + durationMs),
    ...changes,
  });
  await services.ctx.unitOfWork((tx) => tx.recordings.add(recording));
  return { recording, file };
}

/** Asks the scripted carrier's own door. */
async function carrier(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${inject("carrierUrl")}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return response.json();
}

const Asked = z.object({ minted: z.int(), downloads: z.int(), isDeleted: z.boolean() });

/** What was asked of the carrier about a recording. */
export async function askedOf(recording: RecordingRecord): Promise<z.infer<typeof Asked>> {
  return Asked.parse(await carrier("GET", `/recordings/${recording.carrierRecordingId}`));
}
