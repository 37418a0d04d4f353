import { type CallId, type Caption, isId } from "@earwitness/shared";
import type { CallFact, NumberedFact } from "../call/fact.ts";
import type { Context } from "../context.ts";
import type { Repositories } from "../ports/repositories/index.ts";
import { addRecording, type NewRecording } from "../recording/add-recording.ts";
import { isWithoutAudio, replaceByChunks } from "../recording/replace-by-chunks.ts";
import type { CallRecord } from "./call-record.ts";

/** Writes what facts say about the call's legs, recordings and transcripts. What is there already stays as it is. */
export async function applySideFacts(
  ctx: Pick<Context, "log" | "newId" | "clock">,
  tx: Repositories,
  call: CallRecord,
  facts: readonly NumberedFact[],
): Promise<void> {
  const { id: callId, workspaceId } = call;
  const ofCall = { callId, workspaceId };
  for (const { n, fact } of facts) {
    switch (fact.type) {
      case "leg.changed":
        await tx.legs.save({
          workspaceId,
          callId,
          carrierLegId: fact.carrierLegId,
          carrierControlId: fact.carrierControlId,
          party: fact.party,
          address: fact.address,
          startedAt: new Date(fact.startedAt),
          answeredAt: dateOf(fact.answeredAt),
          endedAt: dateOf(fact.endedAt),
          carrierCause: fact.carrierCause,
          sipCode: fact.sipCode,
        });
        break;
      case "recording.saved":
        await addRecording(tx, recordingOf(call, fact));
        break;
      case "transcription.reported":
        await collectTranscript(ctx, tx, fact);
        break;
      case "recording.failed":
        await replaceByChunks(ctx, tx, call);
        break;
      case "call.steered":
        if (fact.action === "listen") await logListener(tx, call, fact);
        break;
      case "recording.paused":
        await tx.live.addPause({ ...ofCall, n, startedAt: new Date(fact.at), startedBy: fact.by });
        break;
      case "recording.resumed":
        await tx.live.endPause(callId, { endedAt: new Date(fact.at), endedBy: fact.by });
        break;
      case "audio.stored":
        await tx.live.addChunk({ ...ofCall, ...chunkOf(fact) });
        break;
      case "audio.gap":
        await tx.live.addGap({ ...ofCall, ...gapOf(fact), n, kind: "audio" });
        break;
      case "captions.gap":
        await tx.live.addGap({ ...ofCall, ...gapOf(fact), n, kind: "captions" });
        break;
      case "caption.settled":
        await tx.live.addCaption({ ...ofCall, ...captionOf(fact.caption) });
        break;
      case "live.ended":
        if (isWithoutAudio(call)) await replaceByChunks(ctx, tx, call);
        break;
    }
  }
}

/**
 * The facts without recordings that the call has: the same id, or the carrier's same one under another of our ids. The room
 * tells each once, as far as it can know.
 */
export async function withoutKnownRecordings(
  tx: Pick<Repositories, "recordings">,
  callId: CallId,
  facts: readonly NumberedFact[],
): Promise<NumberedFact[]> {
  if (!facts.some(({ fact }) => fact.type === "recording.saved")) return [...facts];
  const known = await tx.recordings.ofCall(callId);
  return facts.filter(({ fact }) => {
    if (fact.type !== "recording.saved") return true;
    const { recordingId, carrierRecordingId } = fact;
    return !known.some(
      (each) =>
        each.id === recordingId || (carrierRecordingId !== null && each.carrierRecordingId === carrierRecordingId),
    );
  });
}

function recordingOf(call: CallRecord, saved: Extract<CallFact, { type: "recording.saved" }>): NewRecording {
  return {
    id: saved.recordingId,
    workspaceId: call.workspaceId,
    callId: call.id,
    source: "carrier",
    carrier: call.carrier,
    carrierRecordingId: saved.carrierRecordingId,
    carrierLegId: saved.carrierLegId,
    carrierUrl: saved.url,
    savedAt: new Date(saved.at),
    format: saved.format,
    channels: saved.channels,
    callerChannel: saved.callerChannel,
    startedAt: dateOf(saved.startedAt),
    endedAt: dateOf(saved.endedAt),
  };
}

async function collectTranscript(
  ctx: Pick<Context, "log">,
  tx: Repositories,
  reported: Extract<CallFact, { type: "transcription.reported" }>,
): Promise<void> {
  const { recordingId, vendorTranscriptionId } = reported;
  const transcript = await tx.transcripts.ofRecording(recordingId);
  if (transcript === null) {
    ctx.log.warn("A transcription was reported for a recording without transcript", { recordingId });
    return;
  }
  await tx.jobs.add({
    workspaceId: transcript.workspaceId,
    kind: "transcript.collect",
    key: `transcript.collect/${transcript.id}/${vendorTranscriptionId}`,
    payload: { transcriptId: transcript.id, vendorTranscriptionId },
    callId: transcript.callId,
  });
}

/** Rooms have no database: that somebody began to listen comes with the call's facts, under the name of who it was. */
async function logListener(
  tx: Pick<Repositories, "audit">,
  { id, workspaceId }: CallRecord,
  { at, by }: Extract<CallFact, { type: "call.steered" }>,
): Promise<void> {
  await tx.audit.append({
    action: "call.listened",
    object: { kind: "call", id },
    details: { beganAt: at },
    workspaceId,
    by: { kind: isId("apiKey", by) ? "apiKey" : "user", id: by },
  });
}

function chunkOf({ chunk, key, startMs, endMs, sizeBytes, held }: Extract<CallFact, { type: "audio.stored" }>) {
  return { chunk, r2Key: key, startMs, endMs, sizeBytes, held };
}

function gapOf({ channel, startMs, endMs, reason, detail }: Extract<CallFact, { type: "audio.gap" | "captions.gap" }>) {
  return { channel, startMs, endMs, reason, detail };
}

function captionOf({ id, channel, startMs, endMs, text, words, language }: Caption) {
  return { captionId: id, channel, startMs, endMs, text, words, language };
}

function dateOf(instant: string | null): Date | null {
  return instant === null ? null : new Date(instant);
}
