import { expect, test } from "vitest";
import { reportJsonl, srtOf, vttOf } from "../../src/export-file/index.ts";
import { csvHeading, csvLine } from "../../src/export-file/table/csv.ts";
import { aReport, said } from "./a-report.ts";

const CELL = [{ name: "cell", value: (row: string | number | null) => row }];

test.each([
  ["=1+1", "'=1+1\r\n"],
  ["+49301234567", "'+49301234567\r\n"],
  ["-2", "'-2\r\n"],
  ["@SUM(A1)", "'@SUM(A1)\r\n"],
  ["\tx", "'\tx\r\n"],
  ["＝1", "'＝1\r\n"],
  ["\r=1", `"'\r'=1"\r\n`],
  ["\n=1", `"\n'=1"\r\n`],
  ["x;=cmd|' /C calc'!A0;-1", "x;'=cmd|' /C calc'!A0;'-1\r\n"],
  ['x;"=HYPERLINK(A1);y', `"x;""'=HYPERLINK(A1);y"\r\n`],
  ['=cmd|"/c calc"!A0', `"'=cmd|""/c calc""!A0"\r\n`],
])("a cell that a spreadsheet would run is defused: %j", (cell, line) => {
  expect(csvLine(CELL, cell)).toBe(line);
});

test.each<[string | number | null, string]>([
  [-2, "-2\r\n"],
  ["a,b", '"a,b"\r\n'],
  ['say "so"', '"say ""so"""\r\n'],
  ["two\nlines", '"two\nlines"\r\n'],
  ["Zoë 你好 שלום", "Zoë 你好 שלום\r\n"],
  ["on; off = - @", "on; off = - @\r\n"],
  [null, "\r\n"],
])("any other stands as it is: %j", (cell, line) => {
  expect(csvLine(CELL, cell)).toBe(line);
});

test("a table begins with a byte order mark and its headings", () => {
  expect(csvHeading(CELL)).toBe("\ufeffcell\r\n");
});

test("subtitles are two lines at most, as long as their words are heard, in the order of their times", () => {
  const long = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen";
  const srt = srtOf(aReport([said(long, 61_000), said("Earlier.", 1_500, { party: "agent" })]));
  expect(srt).toBe(
    [
      "1\n00:00:01,500 --> 00:00:01,900\nAgent: Earlier.\n",
      "2\n00:01:01,000 --> 00:01:07,900\nCaller: one two three four five six seven eight\nnine ten eleven twelve thirteen fourteen\n",
      "3\n00:01:08,000 --> 00:01:08,900\nCaller: fifteen sixteen\n",
    ].join("\n"),
  );
});

test.each([
  ["zh", "我 想 知道 iPhone 在 哪里", "我想知道iPhone在哪里"],
  ["ja", "Thank you と 言った", "Thank youと言った"],
  ["th-TH", "พัสดุ อยู่ ที่ไหน", "พัสดุอยู่ที่ไหน"],
  ["ko", "소포가 어디에", "소포가 어디에"],
])("words stand in subtitles as their language (%s) writes them", (language, words, line) => {
  const report = aReport([said(words, 0)]);
  const { transcript } = report;
  if (transcript === null) throw new Error("There is none.");
  expect(srtOf({ ...report, transcript: { ...transcript, language } })).toContain(`Caller: ${line}\n`);
});

test("what would be a mark of the subtitles themselves is none", () => {
  const report = aReport([said("<b>5 --> 6 & {\\an8}", 0)]);
  expect(vttOf(report)).toContain("<v Caller>&lt;b&gt;5 --&gt; 6 &amp; {\\an8}</v>");
  expect(srtOf(report)).toContain("Caller: ⟨b⟩5 --⟩ 6 & ❴\\an8❵");
});

test("a call as lines of JSON is the call, its coverage, its recordings, its transcript and each utterance", () => {
  const lines = reportJsonl(aReport([said("Hello.", 0)]))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.map(({ type }) => type)).toEqual(["call", "coverage", "recording", "transcript", "utterance"]);
});
