import type { CallList, PurgeView, RetentionPreview } from "@earwitness/shared";
import { expect, test } from "vitest";
import { callLine } from "../src/features/calls/call-line.ts";
import { callStatus } from "../src/features/calls/call-status.ts";
import { purgeWords } from "../src/features/lifecycle/purge-words.ts";
import { sampleCall } from "../src/features/pieces/samples.ts";
import { previewWords } from "../src/features/settings/retention/preview-words.ts";
import { draftOf, presentRules, rulesOf, wrongDays } from "../src/features/settings/retention/retention-draft.ts";
import { removeCall } from "../src/live/merge-newest.ts";

const AT = "2026-11-19T12:00:00.000Z";
const purged = (kind: PurgeView["kind"], days: number | null): PurgeView => ({ kind, at: AT, days });

test("what was purged says when, and by which rule", () => {
  expect(purgeWords("recordings", [purged("recordings", 30)])).toMatch(
    /^The sound was purged on .*2026, by the rule of 30 days\.$/,
  );
  expect(purgeWords("transcripts", [purged("transcripts", 1)])).toContain("by the rule of 1 day.");
  expect(purgeWords("recordings", [purged("calls", null)])).toContain("when its time in the trash was over.");
  expect(purgeWords("recordings", [])).toBe("The sound was taken away for good.");
});

test("a call in the list says what of it was purged", () => {
  const soundless = sampleCall({ recordingState: "purged", lastLine: null, purges: [purged("recordings", 30)] });
  expect(callStatus(soundless)).toMatchObject({ word: "Sound purged", detail: expect.stringContaining("30 days") });
  expect(callLine(soundless)).toEqual({ told: expect.stringContaining("30 days") });
  const wordless = sampleCall({ transcriptState: "purged", lastLine: null, purges: [purged("transcripts", 90)] });
  expect(callStatus(wordless)).toMatchObject({ word: "Words purged", detail: expect.stringContaining("90 days") });
  expect(callLine(wordless)).toEqual({ told: expect.stringContaining("90 days") });
});

test.each([
  [
    [{ kind: "recordings", days: 30, due: 31, held: 2 }],
    { due: 0, held: 0 },
    /: 31 recordings go\. 2 are held and stay\.$/,
  ],
  [[{ kind: "calls", days: 30, due: 1, held: 1 }], { due: 0, held: 0 }, /: 1 whole call goes\. 1 is held and stays\.$/],
  [
    [
      { kind: "recordings", days: 30, due: 1, held: 0 },
      { kind: "transcripts", days: 30, due: 2, held: 0 },
    ],
    { due: 3, held: 0 },
    /: 1 recording, 2 transcripts,? and 3 calls of the trash go\.$/,
  ],
  [[], { due: 0, held: 0 }, /: nothing goes\.$/],
] as const)("what the next run takes is said beforehand: %j %j", (kinds, trash, words) => {
  const preview: RetentionPreview = { runAt: AT, kinds: [...kinds], trash };
  expect(previewWords(preview, new Date(AT))).toMatch(words);
});

test("a draft of the rules keeps what it does not touch, and an empty field keeps for good", () => {
  const rules = { recordings: 30, transcripts: null, calls: 400 };
  expect(rulesOf(draftOf(rules))).toEqual(rules);
  expect(rulesOf({ ...draftOf(rules), calls: "  " })).toEqual({ ...rules, calls: null });
  expect(presentRules(rules)).toEqual({ recordings: 30, calls: 400 });
});

test.each(["0", "3651", "1.5", "-1", "ten"])("%s days are refused at the field", (typed) => {
  expect(wrongDays(typed)).toContain("1 to 3650");
});

test.each(["", " ", "1", "3650"])("“%s” days are taken", (typed) => {
  expect(wrongDays(typed)).toBeNull();
});

test("a call that is gone leaves the list wherever it stands", () => {
  const [a, b] = [sampleCall({ id: "call_a" }), sampleCall({ id: "call_b" })];
  const pages: CallList[] = [
    { calls: [a], page: { nextCursor: "x" } },
    { calls: [b], page: { nextCursor: null } },
  ];
  expect(removeCall(pages, "call_b").map(({ calls }) => calls.map(({ id }) => id))).toEqual([["call_a"], []]);
  expect(removeCall(pages, "call_c")).toEqual(pages);
});
