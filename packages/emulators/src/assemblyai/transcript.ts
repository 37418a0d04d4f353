import type { TranscriptParams } from "./params.ts";

export interface Word {
  readonly text: string;
  /** Milliseconds from the file's beginning. */
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
  readonly speaker: string | null;
  readonly channel?: string;
}

export interface Utterance extends Word {
  readonly words: readonly Word[];
}

/** What a completed job found. */
export interface Result {
  readonly words: readonly Word[];
  readonly utterances: readonly Utterance[] | null;
  readonly durationMs: number;
  readonly channels: number;
  readonly languageCode: string;
  readonly languageConfidence: number | null;
  readonly model: string;
}

/** One transcription job. */
export interface Transcript {
  readonly id: string;
  readonly params: TranscriptParams;
  readonly created: string;
  completed: string | null;
  status: "queued" | "processing" | "completed" | "error";
  throttled: boolean;
  /** The audio was fetched, whole: its address is not needed any more. */
  hasAudio: boolean;
  result: Result | null;
  error: string | null;
  webhookStatus: number | null;
  isDeleted: boolean;
}

const DELETED_URL = "http://deleted_by_user";

/** The transcript as the API shows it: every parameter comes back, except the webhook's secret. */
export function transcriptView(transcript: Transcript): object {
  const { params, result, isDeleted } = transcript;
  const { webhook_auth_header_value: secret, ...echo } = params;
  const view = {
    ...echo,
    id: transcript.id,
    status: transcript.status,
    language_model: "assemblyai_default",
    acoustic_model: "assemblyai_default",
    speech_model: params.speech_model ?? null,
    speech_model_used: result?.model ?? null,
    language_code: result?.languageCode ?? params.language_code ?? (params.language_detection ? null : "en_us"),
    language_confidence: result?.languageConfidence ?? null,
    language_confidence_threshold: params.language_confidence_threshold ?? null,
    punctuate: params.punctuate ?? true,
    format_text: params.format_text ?? true,
    multichannel: params.multichannel ?? params.dual_channel ?? false,
    speaker_labels: params.speaker_labels ?? false,
    webhook_auth: secret !== undefined && secret !== null,
    webhook_status_code: transcript.webhookStatus,
    auto_highlights: false,
    redact_pii: false,
    summarization: false,
    text: result === null ? null : result.words.map((word) => word.text).join(" "),
    confidence: result === null ? null : mean(result.words),
    audio_duration: result === null ? null : Math.round(result.durationMs / 1000),
    ...(result !== null && result.channels > 1 ? { audio_channels: result.channels } : {}),
    words: result?.words ?? null,
    utterances: result?.utterances ?? null,
    ...(transcript.error === null ? {} : { error: transcript.error }),
    ...(transcript.throttled ? { throttled: true } : {}),
  };
  if (!isDeleted) return view;
  return {
    ...view,
    text: "Deleted by user.",
    audio_url: DELETED_URL,
    webhook_url: DELETED_URL,
    webhook_auth: false,
    words: null,
    utterances: null,
    confidence: null,
    language_code: null,
  };
}

/** One line of the list. Times have no zone, as the vendor writes them; they are UTC. */
export function listView(transcript: Transcript, origin: string): object {
  return {
    id: transcript.id,
    resource_url: `${origin}/v2/transcript/${transcript.id}`,
    status: transcript.status,
    created: transcript.created,
    completed: transcript.completed,
    audio_url: transcript.isDeleted ? DELETED_URL : transcript.params.audio_url,
    error: transcript.error,
  };
}

export function mean(words: readonly Word[]): number {
  if (words.length === 0) return 0;
  const sum = words.reduce((total, word) => total + word.confidence, 0);
  return Math.round((sum / words.length) * 10_000) / 10_000;
}
