import { AudioTooLong, type Heard, hear } from "../speech/hear.ts";
import type { HeardWord } from "../speech/recogniser.ts";
import { isLanguage, modelFor } from "./languages.ts";
import type { TranscriptParams } from "./params.ts";
import type { Result, Word } from "./transcript.ts";
import { toUtterances } from "./utterances.ts";
import { written } from "./written.ts";

/** The job cannot be done; the message is the transcript's `error`. */
export class JobError extends Error {
  override readonly name = "JobError";
}

/** The vendor's shortest audio. */
const MIN_AUDIO_MS = 160;
/** The vendor's longest audio. */
const MAX_AUDIO_MS = 10 * 3_600_000;

/** Transcribes a file from its bytes alone. Throws `JobError`. */
export async function transcribe(file: AsyncIterable<Uint8Array>, params: TranscriptParams): Promise<Result> {
  const separate = params.multichannel ?? params.dual_channel ?? false;
  const heard = await hear(file, { separate, maxMs: MAX_AUDIO_MS }).catch((error: unknown) => {
    throw error instanceof AudioTooLong ? new JobError("Audio duration is too long.") : error;
  });
  if (heard.durationMs < MIN_AUDIO_MS) throw new JobError("Audio duration is too short.");
  const language = languageOf(heard, params);
  const words = heard.channels
    .flatMap((channel, index) => channelWords(channel, params, separate ? String(index + 1) : null))
    .sort((a, b) => a.start - b.start);
  return {
    words,
    utterances: separate || params.speaker_labels ? toUtterances(words) : null,
    durationMs: heard.durationMs,
    channels: heard.channels.length,
    languageCode: language.code,
    languageConfidence: language.confidence,
    model: modelFor(language.code),
  };
}

function languageOf(heard: Heard, params: TranscriptParams): { code: string; confidence: number | null } {
  if (!params.language_detection) return { code: params.language_code ?? "en_us", confidence: null };
  const counts = new Map<string, number>();
  for (const { language } of heard.channels.flat()) {
    if (language !== null) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  const options = params.language_detection_options;
  if (best === undefined) {
    if (options?.on_no_speech_detected === "error") {
      throw new JobError("language_detection cannot be performed on files with no spoken audio.");
    }
    const fallback = options?.fallback_language ?? "auto";
    return { code: fallback === "auto" ? "en" : fallback, confidence: 0 };
  }
  const [code, count] = best;
  const confidence = Math.round((0.99 * count * 1000) / total) / 1000;
  if (!isLanguage(code)) throw new JobError(`Detected language '${code}' is not supported.`);
  const threshold = params.language_confidence_threshold ?? 0;
  if (confidence < threshold) {
    throw new JobError(
      `detected language '${code}', confidence ${confidence}, is below the requested confidence threshold value of '${threshold}'`,
    );
  }
  return { code, confidence };
}

function channelWords(heard: readonly HeardWord[], params: TranscriptParams, channel: string | null): Word[] {
  const voices = [...new Set(heard.flatMap(({ voice }) => voice ?? []))];
  const speakerOf = (word: HeardWord): string | null => {
    const letter = params.speaker_labels ? String.fromCharCode(65 + Math.max(0, voices.indexOf(word.voice ?? ""))) : "";
    return channel === null && letter === "" ? null : `${channel ?? ""}${letter}`;
  };
  return heard
    .map((word) => ({
      text: written(word, params),
      start: toMs(word.start),
      end: toMs(word.end),
      confidence: word.confidence,
      speaker: speakerOf(word),
      ...(channel === null ? {} : { channel }),
    }))
    .filter(
      (word) =>
        word.text !== "" &&
        word.start >= (params.audio_start_from ?? 0) &&
        word.end <= (params.audio_end_at ?? Number.POSITIVE_INFINITY),
    );
}

function toMs(sample: number): number {
  return Math.round(sample / 8);
}
