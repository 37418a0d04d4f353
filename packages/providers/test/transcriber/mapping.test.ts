import { describe, expect, test } from "vitest";
import { languageCodeOf, languageTagOf } from "../../src/transcriber/assemblyai/capabilities.ts";
import { liveTurnOf } from "../../src/transcriber/assemblyai/live-wire.ts";
import { outcomeOf } from "../../src/transcriber/assemblyai/mapping.ts";
import type { WireTranscript } from "../../src/transcriber/assemblyai/wire.ts";

const word = { text: "Hello,", start: 240, end: 610, confidence: 0.98, speaker: "1", channel: "1" };

function transcript(over: Partial<WireTranscript>): WireTranscript {
  return { id: "9f1c", status: "completed", ...over };
}

describe("a finished transcript", () => {
  test("keeps channels as numbers and puts utterances in the order of speech", () => {
    const outcome = outcomeOf(
      transcript({
        language_code: "en_us",
        audio_duration: 7,
        utterances: [
          { ...word, text: "Hi Ana.", start: 2400, end: 3100, channel: "2", speaker: "2", words: [] },
          { ...word, words: [word] },
        ],
      }),
    );
    expect(outcome).toMatchObject({
      kind: "completed",
      content: {
        language: "en-US",
        durationMs: 7000,
        utterances: [
          { channel: 1, startMs: 240 },
          { channel: 2, startMs: 2400 },
        ],
      },
    });
  });

  test("of one voice has words only, and they become one utterance", () => {
    const outcome = outcomeOf(
      transcript({ words: [word, { ...word, text: "Ana.", start: 700, end: 900, confidence: 0.9 }] }),
    );
    expect(outcome).toMatchObject({
      kind: "completed",
      content: { utterances: [{ text: "Hello, Ana.", startMs: 240, endMs: 900, words: [{}, {}] }] },
    });
  });

  test("of one voice is written as its language is", () => {
    const words = ["我", "要", "退款。"].map((text) => ({ ...word, text }));
    expect(outcomeOf(transcript({ language_code: "zh", words }))).toMatchObject({
      content: { utterances: [{ text: "我要退款。" }] },
    });
  });

  test("of silence has no utterances", () => {
    expect(outcomeOf(transcript({ words: [], utterances: [] }))).toMatchObject({ content: { utterances: [] } });
  });

  test("of silence whose language was to be found out is told as an error, and has no utterances either", () => {
    const error = "language_detection cannot be performed on files with no spoken audio.";
    const outcome = outcomeOf(transcript({ status: "error", error }));
    expect(outcome).toMatchObject({ kind: "completed", content: { language: null, utterances: [] } });
  });
});

test("a turn that goes on is written as its language is, or as its letters are where nobody has told that yet", () => {
  const words = ["我", "要"].map((text) => ({ text, start: 0, end: 90, confidence: 1, word_is_final: false }));
  const turn = { type: "Turn", turn_order: 0, turn_is_formatted: false, end_of_turn: false, transcript: "" } as const;
  expect(liveTurnOf({ ...turn, words, language_code: "zh" }, false).text).toBe("我要");
  expect(liveTurnOf({ ...turn, words, language_code: null }, false).text).toBe("我要");
});

test.each([
  ["Download error, unable to access file at https://x", "download_failed", true],
  ["Audio duration is too short.", "audio_too_short", false],
  ["Language confidence below threshold", "language_not_supported", false],
  ["File type application/zip is unsupported", "audio_not_readable", false],
  ["Internal error, please resubmit", "transcriber_failed", true],
])("the job error %j is %s", (error, code, retryable) => {
  expect(outcomeOf(transcript({ status: "error", error }))).toMatchObject({ kind: "failed", code, retryable });
});

test.each([
  ["en", "en"],
  ["en-GB", "en_uk"],
  ["en-NZ", "en"],
  ["de-CH", "de_ch"],
  ["es-MX", "es"],
  ["tlh", null],
])("the language %s is asked for as %s", (tag, code) => {
  expect(languageCodeOf(tag)).toBe(code);
});

test("the vendor's code becomes BCP 47", () => {
  expect([languageTagOf("en_uk"), languageTagOf("es"), languageTagOf("de_ch")]).toEqual(["en-GB", "es", "de-CH"]);
});
