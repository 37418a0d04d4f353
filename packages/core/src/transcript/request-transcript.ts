import { EarwitnessError, type TranscriptId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { JobUnasked } from "../job/job-handler.ts";
import type { BlobStore, Transcriber } from "../ports/index.ts";
import type {
  NumberRecord,
  RecordingRecord,
  Repositories,
  TranscriptRecord,
  WorkspaceRecord,
} from "../ports/repositories/index.ts";
import type { CallRecord } from "../projection/call-record.ts";
import { UPLOADED } from "../upload/uploaded.ts";
import { keyTermsOf } from "../workspace/key-terms.ts";

export interface RequestTranscriptPorts {
  readonly transcriber: Transcriber;
  readonly blobs: BlobStore;
  /** Public address of the webhooks worker. */
  readonly webhooksOrigin: string;
}

/** The vendor fetches the audio when its own queue gets there, which may be hours; after that "download error" asks for another URL. */
const AUDIO_URL_TTL_SECONDS = 12 * 60 * 60;

/**
 * Submits a recording to the transcriber and keeps its id there. That a submission is under way is written down first, so that
 * after a crash in between, and after the request was given up or cancelled, the vendor is asked for it before anything is
 * submitted, and billed, again. A transcript that does not wait for a request any more is left alone. Throws what the transcriber
 * throws, and `unprocessable` for a language that it does not know.
 */
export async function requestTranscript(
  ctx: Context<SystemActor>,
  ports: RequestTranscriptPorts,
  transcriptId: TranscriptId,
): Promise<JobUnasked | undefined> {
  const asked = await ctx.unitOfWork((tx) => begin(ctx, tx, transcriptId));
  if (asked === null) return { kind: "unasked" };
  const { call, recording, number, earlierId } = asked;
  const audioUrl = await ports.blobs.presignGet(asked.audioKey, AUDIO_URL_TTL_SECONDS);
  const { submittingSince } = asked;
  const found = submittingSince === null ? null : await ports.transcriber.findSubmission(audioUrl, submittingSince);
  const submitted =
    found !== null && found.vendorTranscriptionId !== earlierId
      ? found
      : await ports.transcriber.submit({
          audioUrl,
          callbackUrl: callbackUrl(ports.webhooksOrigin, call, recording),
          channels: recording.channels,
          language: spokenLanguage(asked, ports.transcriber),
          keyTerms: keyTermsOf(number, asked.workspace),
        });
  await ctx.unitOfWork((tx) => keep(ctx, tx, transcriptId, submitted.vendorTranscriptionId));
  return undefined;
}

interface Asked {
  readonly call: CallRecord;
  readonly recording: RecordingRecord;
  readonly number: NumberRecord | null;
  readonly workspace: WorkspaceRecord;
  /** What was said to be spoken by whoever made the recording elsewhere. */
  readonly saidLanguage: string | null;
  readonly audioKey: string;
  /** When an earlier attempt began to submit, of which nobody knows whether it came to it; null where none did. */
  readonly submittingSince: Date | null;
  /** Of an earlier submission, which is over; null where there was none. */
  readonly earlierId: string | null;
}

async function begin(ctx: Context<SystemActor>, tx: Repositories, transcriptId: TranscriptId): Promise<Asked | null> {
  const transcript = await tx.transcripts.lock(transcriptId);
  if (transcript.state !== "waiting") return null;
  const recording = await tx.recordings.find(transcript.recordingId);
  if (recording.state === "purged") throw new EarwitnessError("not_found", "The recording was taken away for good.");
  if (recording.r2Key === null)
    throw new EarwitnessError("conflict", "The recording is not stored yet.", { retryable: true });
  const call = await tx.calls.find(transcript.callId);
  const number = call.numberId === null ? null : await tx.numbers.find(call.numberId);
  await tx.transcripts.save({ ...transcript, submittingSince: transcript.submittingSince ?? ctx.clock.now() });
  const workspace = await tx.workspaces.find(call.workspaceId);
  return {
    call,
    recording,
    number,
    workspace,
    saidLanguage: call.carrier === UPLOADED ? await languageSaid(tx, call) : null,
    audioKey: recording.r2Key,
    submittingSince: transcript.submittingSince,
    earlierId: transcript.vendorTranscriptionId,
  };
}

async function keep(
  ctx: Context<SystemActor>,
  tx: Repositories,
  transcriptId: TranscriptId,
  vendorTranscriptionId: string,
): Promise<void> {
  const { callId } = await tx.transcripts.find(transcriptId);
  await tx.calls.lock(callId);
  const transcript = await tx.transcripts.lock(transcriptId);
  // The vendor's notice may have overtaken its own answer: then the transcript is further, or waits for the next request.
  if (transcript.state !== "waiting" || transcript.vendorTranscriptionId === vendorTranscriptionId) return;
  const submitted: TranscriptRecord = {
    ...transcript,
    state: "transcribing",
    vendorTranscriptionId,
    submittingSince: null,
    submissions: transcript.submissions + 1,
    submittedAt: ctx.clock.now(),
    failure: null,
  };
  await tx.transcripts.save(submitted);
  await tx.calls.setTranscript(callId, { state: submitted.state });
  await tx.outbox.tellCall(transcript.workspaceId, callId, "transcript");
}

/** The vendor's notice goes to the call's room like every other notice. */
function callbackUrl(origin: string, call: CallRecord, recording: RecordingRecord): string {
  const url = new URL("/webhooks/assemblyai", origin);
  url.searchParams.set("room", call.room);
  url.searchParams.set("recording", recording.id);
  return url.href;
}

async function languageSaid(tx: Pick<Repositories, "uploads">, { id }: CallRecord): Promise<string | null> {
  const said = (await tx.uploads.recordingOf(id))?.details?.said;
  return said?.kind === "recording" ? said.language : null;
}

function spokenLanguage(
  { number, saidLanguage }: Pick<Asked, "number" | "saidLanguage">,
  { name, capabilities }: Transcriber,
): string | null {
  const language = saidLanguage ?? number?.language ?? null;
  if (language === null || capabilities.languages.has(language.toLowerCase().split("-")[0] ?? "")) return language;
  throw new EarwitnessError(
    "unprocessable",
    `The language ${language}, ${saidLanguage === null ? `set for ${number?.e164}` : "said of the upload"}, is none that ${name} transcribes. Choose another, or none, and try again.`,
  );
}
