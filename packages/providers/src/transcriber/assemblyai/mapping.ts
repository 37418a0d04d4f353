import type { TranscriptContent, TranscriptionOutcome, Utterance, Word } from "@earwitness/core";
import { joinWords } from "@earwitness/shared";
import { languageTagOf } from "./capabilities.ts";
import type { WireTranscript, WireUtterance, WireWord } from "./wire.ts";

/** What the vendor says of a job, in our words. */
export function outcomeOf(transcript: WireTranscript): TranscriptionOutcome {
  switch (transcript.status) {
    case "queued":
    case "processing":
      return { kind: "pending" };
    case "completed":
      return { kind: "completed", content: contentOf(transcript) };
    case "error":
      if (NOBODY_SPOKE.test(transcript.error ?? "")) return { kind: "completed", content: contentOf(transcript) };
      return failureOf(withoutUrls(transcript.error ?? "The vendor gave no reason."));
  }
}

/** "language_detection cannot be performed on files with no spoken audio.": not a fault, but a transcript without words. */
const NOBODY_SPOKE = /no spoken audio/i;

/**
 * Job errors carry a sentence only. Those about the audio itself will not change; "Download error" asks for a fresh address,
 * and everything else is the vendor's own trouble, for which it advises to submit again.
 */
function failureOf(message: string): TranscriptionOutcome {
  if (/download error/i.test(message)) return { kind: "failed", code: "download_failed", message, retryable: true };
  if (/too short/i.test(message)) return { kind: "failed", code: "audio_too_short", message, retryable: false };
  if (/language/i.test(message)) return { kind: "failed", code: "language_not_supported", message, retryable: false };
  if (/no audio|does not appear to contain audio|unsupported|file type|transcoding/i.test(message)) {
    return { kind: "failed", code: "audio_not_readable", message, retryable: false };
  }
  return { kind: "failed", code: "transcriber_failed", message, retryable: true };
}

/** "Download error, unable to access file at <url>": the URL is presigned, and the sentence is shown and logged. */
function withoutUrls(message: string): string {
  return message.replace(/https?:\/\/\S+/g, "the address given");
}

function contentOf(transcript: WireTranscript): TranscriptContent {
  const language = transcript.language_code == null ? null : languageTagOf(transcript.language_code);
  const utterances = transcript.utterances ?? utterancesOfWords(transcript.words ?? [], language);
  return {
    language,
    confidence: transcript.confidence ?? null,
    durationMs: transcript.audio_duration == null ? null : Math.round(transcript.audio_duration * 1000),
    utterances: utterances.map(utteranceOf).sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs),
  };
}

/** Audio of one channel without diarization comes as words alone: one voice, one utterance. */
function utterancesOfWords(words: readonly WireWord[], language: string | null): WireUtterance[] {
  const [first] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined) return [];
  const confidence = words.reduce((sum, word) => sum + word.confidence, 0) / words.length;
  return [
    {
      text: joinWords(words, language),
      start: first.start,
      end: last.end,
      confidence,
      speaker: first.speaker,
      channel: first.channel,
      words: [...words],
    },
  ];
}

function utteranceOf(wire: WireUtterance): Utterance {
  // Whether `speaker` repeats the channel in multichannel audio is not certain, so the channel itself is read.
  const channel = wire.channel == null ? null : Number.parseInt(wire.channel, 10);
  return {
    speaker: wire.speaker ?? wire.channel ?? "A",
    channel: channel === null || Number.isNaN(channel) ? null : channel,
    startMs: Math.round(wire.start),
    endMs: Math.round(wire.end),
    confidence: wire.confidence,
    text: wire.text,
    words: wire.words.map(wordOf),
  };
}

function wordOf(wire: WireWord): Word {
  return {
    text: wire.text,
    startMs: Math.round(wire.start),
    endMs: Math.round(wire.end),
    confidence: wire.confidence,
  };
}
