import type { TranscriptId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import { DAY_MS } from "../durations.ts";
import type { JobUnasked } from "../job/job-handler.ts";
import type { Transcriber, TranscriptionOutcome } from "../ports/index.ts";
import type { Repositories, TranscriptRecord } from "../ports/repositories/index.ts";
import { requestByJob } from "./add-transcript.ts";
import { compareWithLive } from "./compare-with-live.ts";
import { failTranscript } from "./fail-transcript.ts";
import type { TranscriptContent } from "./transcript.ts";

/** The vendor needs seconds for minutes of audio, and may be behind for hours. */
const SILENT_FOR_MS = DAY_MS;
/** How often audio is submitted that the vendor says may succeed when submitted again, before a person must ask. */
const MAX_SUBMISSIONS = 3;
/** The list of calls shows so much of the first words. */
const FIRST_LINE_CHARACTERS = 160;

/**
 * Asks the vendor what became of a transcription and writes it down: the words, that there are none, or why it failed. One that
 * is still under way is left for the vendor's notice or the next look, for a day. A job of the vendor's that is not this transcript's any
 * more changes nothing.
 */
export async function collectTranscript(
  ctx: Context<SystemActor>,
  transcriber: Transcriber,
  transcriptId: TranscriptId,
  vendorTranscriptionId: string,
): Promise<JobUnasked | undefined> {
  const before = await ctx.unitOfWork((tx) => tx.transcripts.find(transcriptId));
  if (!isAwaited(before, vendorTranscriptionId)) return { kind: "unasked" };
  const outcome = await transcriber.fetch(vendorTranscriptionId);
  if (outcome.kind === "pending" && !isOverdue(before, ctx.clock.now())) return undefined;
  await ctx.unitOfWork(async (tx) => {
    await tx.calls.lock(before.callId);
    const transcript = await tx.transcripts.lock(transcriptId);
    if (!isAwaited(transcript, vendorTranscriptionId)) return;
    await settle(ctx, tx, { ...transcript, vendorTranscriptionId }, outcome.kind === "pending" ? silent : outcome);
  });
  return undefined;
}

/**
 * Also where the answer to the submission was lost, whatever became of its request since: the notice then brings the id that the
 * answer would have brought. The id that is there already is that of an earlier submission, whose outcome has had its effect.
 */
function isAwaited(transcript: TranscriptRecord, vendorTranscriptionId: string): boolean {
  const isKnown = transcript.vendorTranscriptionId === vendorTranscriptionId;
  if (transcript.state === "transcribing") return isKnown;
  const mayBeSubmitted = ["waiting", "failed"].includes(transcript.state) && transcript.submittingSince !== null;
  return mayBeSubmitted && !isKnown;
}

function isOverdue({ submittedAt }: TranscriptRecord, now: Date): boolean {
  return submittedAt !== null && now.getTime() - submittedAt.getTime() > SILENT_FOR_MS;
}

const silent: Exclude<TranscriptionOutcome, { kind: "pending" }> = {
  kind: "failed",
  code: "transcriber_silent",
  message: "The transcriber has had the audio for a day without a result. Ask again.",
  retryable: false,
};

async function settle(
  ctx: Context<SystemActor>,
  tx: Repositories,
  transcript: TranscriptRecord,
  outcome: Exclude<TranscriptionOutcome, { kind: "pending" }>,
): Promise<void> {
  if (outcome.kind === "completed") return complete(ctx, tx, transcript, outcome.content);
  if (outcome.retryable && transcript.submissions < MAX_SUBMISSIONS) {
    ctx.log.warn("A transcription failed and is submitted again", { transcriptId: transcript.id, code: outcome.code });
    return submitAgain(tx, transcript);
  }
  if (outcome.code === "audio_too_short") return complete(ctx, tx, transcript, NOTHING_SAID);
  // With the id of what failed, and nothing that may be under way, so that it is not taken for what a person asks for next.
  await tx.transcripts.save({ ...transcript, submittingSince: null });
  await failTranscript(tx, transcript.id, {
    code: outcome.code,
    message: outcome.message,
    at: ctx.clock.now().toISOString(),
    canRetry: true,
  });
}

const NOTHING_SAID: TranscriptContent = { language: null, confidence: null, durationMs: null, utterances: [] };

async function complete(
  ctx: Context<SystemActor>,
  tx: Repositories,
  transcript: TranscriptRecord,
  content: TranscriptContent,
): Promise<void> {
  const wordCount = content.utterances.reduce((sum, { words }) => sum + words.length, 0);
  const state = wordCount === 0 ? "empty" : "ready";
  const { language, confidence } = content;
  await tx.transcripts.replaceUtterances(transcript, content.utterances);
  const comparison = state === "ready" ? await compareWithLive(tx, transcript, content.utterances) : null;
  await tx.transcripts.save({
    ...transcript,
    state,
    language,
    confidence,
    wordCount,
    submittingSince: null,
    completedAt: ctx.clock.now(),
    failure: null,
    comparison,
  });
  const firstLine = content.utterances[0]?.text.slice(0, FIRST_LINE_CHARACTERS) ?? null;
  await tx.calls.setTranscript(transcript.callId, { state, firstLine, language });
  await tx.outbox.tellCall(transcript.workspaceId, transcript.callId, "transcript");
}

async function submitAgain(tx: Repositories, transcript: TranscriptRecord): Promise<void> {
  const waiting: TranscriptRecord = {
    ...transcript,
    state: "waiting",
    submittingSince: null,
    submittedAt: null,
  };
  await tx.transcripts.save(waiting);
  await tx.calls.setTranscript(transcript.callId, { state: waiting.state });
  await requestByJob(tx, waiting, `after-${transcript.vendorTranscriptionId}`);
  await tx.outbox.tellCall(transcript.workspaceId, transcript.callId, "transcript");
}
