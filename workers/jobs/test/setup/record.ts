import { env } from "cloudflare:workers";
import type { CallRecord, RecordingRecord } from "@earwitness/core";
import { type CallId, newId } from "@earwitness/shared";
import { inject } from "vitest";
import { z } from "zod";
import { createServices, type Services } from "../../src/services.ts";
import type { ScriptedRecording } from "./carrier.ts";

/** Uses the worker's own services for one moment, as an invocation does. */
export async function withServices<T>(use: (services: Services) => Promise<T>): Promise<T> {
  const services = createServices(env, "test");
  try {
    return await use(services);
  } finally {
    await services.close();
  }
}

/** An ended call of a workspace of its own, recorded, without a recording yet. */
export async function aRecordedCall(services: Services): Promise<CallRecord> {
  const workspaceId = newId("workspace");
  const id: CallId = newId("call");
  const startedAt = new Date("2026-11-21T09:00:00Z");
  const call: CallRecord = {
    id,
    workspaceId,
    room: `telnyx:${id}`,
    direction: "inbound",
    carrier: "telnyx",
    carrierSessionId: null,
    fromAddress: "+15550100001",
    toAddress: "+15550100002",
    numberId: null,
    placedBy: null,
    state: "ended",
    startedAt,
    answeredAt: startedAt,
    announcedAt: null,
    recordingStartedAt: startedAt,
    endedAt: new Date(startedAt.getTime() + 60_000),
    durationMs: 60_000,
    hangupCause: "completed",
    endedBy: "caller",
    carrierCause: "normal_clearing",
    sipCode: "200",
    machineResult: null,
    notRecordedReason: null,
    recordingState: "storing",
    transcriptState: null,
    firstLine: null,
    language: null,
    noticesReceived: 0,
    noticesRepeated: 0,
    noticesApplied: 0,
  };
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
  const recording: RecordingRecord = {
    id,
    workspaceId: call.workspaceId,
    callId: call.id,
    state: "storing",
    carrier: "telnyx",
    carrierRecordingId: `carrier-${id}`,
    carrierLegId: `leg-${id}`,
    carrierUrl: file.url,
    savedAt: new Date(),
    format: "wav",
    channels: 2,
    callerChannel: 1,
    startedAt,
    endedAt: new Date(startedAt.getTime() + durationMs),
    durationMs: null,
    sizeBytes: null,
    sha256: null,
    contentType: null,
    r2Key: null,
    peaksKey: null,
    storedAt: null,
    carrierDeletedAt: null,
    failure: null,
    note: null,
    ...changes,
  };
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
