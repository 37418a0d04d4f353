import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { describe, expect, test } from "vitest";
import { renderReport } from "../../src/export-file/index.ts";
import { brokenLines } from "../../src/export-file/pdf/broken-lines.ts";
import { fontsFor } from "../../src/export-file/pdf/font-shelf.ts";
import { coverageFacts } from "../../src/export-file/pdf/report-facts.ts";
import { isRightToLeft, visualRuns } from "../../src/export-file/pdf/visual-runs.ts";
import { aReport, said } from "./a-report.ts";
import { shelf } from "./fonts.ts";

const AT = new Date("2026-11-21T10:00:00Z");
const pause = async () => {};

/** What stands on each page, as a reader of PDFs finds it. */
async function pagesOf(bytes: Uint8Array): Promise<string[]> {
  const task = getDocument({ data: bytes, verbosity: 0 });
  const pdf = await task.promise;
  const pages: string[] = [];
  for (let n = 1; n <= pdf.numPages; n++) {
    const { items } = await (await pdf.getPage(n)).getTextContent();
    pages.push(items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : " ") : "")).join(""));
  }
  await task.destroy();
  return pages;
}

describe("a report", { timeout: 60_000 }, () => {
  test("tells what happened, where the sound is, the receipt and the words, on numbered pages", async () => {
    const lines = Array.from({ length: 60 }, (_, i) => said(`Sentence number ${i}, which somebody said.`, i * 1_000));
    const report = aReport(lines);
    const pages = await pagesOf(await renderReport(report, shelf, AT, pause));
    const all = pages.join("\n");
    expect(pages.length).toBeGreaterThan(1);
    pages.forEach((page, i) => void expect(page).toContain(`Page ${i + 1} of ${pages.length}`));
    expect(all).toContain(report.call.id);
    expect(all).toContain("21 November 2026 at 09:00:00 UTC");
    expect(all).toContain("the carrier lost it");
    expect(all).toContain("ab".repeat(16));
    for (let i = 0; i < lines.length; i++) expect(all).toContain(`Sentence number ${i}, which`);
  });

  test("of many words lets others have their turn again and again, and ends where that throws", async () => {
    const lines = Array.from({ length: 400 }, (_, i) => said(`Sentence number ${i}, which somebody said.`, i * 1_000));
    let pauses = 0;
    await renderReport(aReport(lines), shelf, AT, async () => void pauses++);
    // Some 50 letters a line, with its time and its speaker.
    expect(pauses).toBeGreaterThanOrEqual(3);
    const setting = renderReport(aReport(lines), shelf, AT, () => Promise.reject(new Error("Cancelled")));
    await expect(setting).rejects.toThrow("Cancelled");
  });

  test("has letters for the scripts of the shelf, and says of others that it has none", async () => {
    const words = ["Łódź", "посылка", "δέμα", "Việt", "我的包裹", "荷物はどこ", "소포가", "שלום", "พัสดุ"];
    const bytes = await renderReport(aReport(words.map((word, i) => said(word, i * 1_000))), shelf, AT, pause);
    const all = (await pagesOf(bytes)).join("").replaceAll(/\s/g, "");
    for (const word of words) expect(all).toContain(word);
    expect(all).not.toContain("\ufffd");
    const georgian = (await pagesOf(await renderReport(aReport([said("აბ", 0)]), shelf, AT, pause))).join("");
    expect(georgian).toContain("There are no letters here for 2 of the characters");
  });
});

test("where the sound is adds up, and what is before the recording or on its way is not called missing", () => {
  const report = aReport();
  const missing = [
    { startMs: 0, endMs: 2_984, reason: "before_recording", detail: null },
    { startMs: 20_000, endMs: 20_400, reason: "recording_awaited", detail: null },
    { startMs: 20_400, endMs: 20_446, reason: "carrier_lost", detail: null },
  ] as const;
  const kept = { answeredMs: 20_446, recordedMs: 17_016, liveMs: 0, pausedMs: 0, missingMs: 3_430 };
  const coverage = { ...report.coverage, ...kept, missing: [...missing] };
  const facts = new Map(coverageFacts({ ...report, coverage }).map(({ label, text }) => [label, text]));
  const termsMs = ["Recorded", "Before recording", "On its way", "Missing"].map((label) =>
    Math.round(Number.parseFloat(facts.get(label) ?? "") * 1_000),
  );
  expect(termsMs).toEqual([17_016, 2_984, 400, 46]);
  expect(facts.get("Answered")).toBe("20.446 s");
});

describe("a line", () => {
  test("of both directions stands as it is read: each stretch in its place, brackets turned", () => {
    const runs = visualRuns("שלום (42) abc", "rtl").map(({ text }) => text);
    expect(runs).toEqual(["abc", "( ", "42", "שלום )"]);
    expect(isRightToLeft("שלום abc")).toBe(true);
    expect(isRightToLeft("abc שלום")).toBe(false);
  });

  test("is broken where its language allows it, and a word that is too wide is cut", () => {
    const widthOf = (text: string) => text.length;
    expect(brokenLines("aa bb cc", 5, widthOf)).toEqual(["aa bb", "cc"]);
    expect(brokenLines("我想知道我", 2, widthOf)).toEqual(["我想", "知道", "我"]);
    expect(brokenLines("abcdefgh", 3, widthOf)).toEqual(["abc", "def", "gh"]);
    expect(brokenLines("one\ntwo", 9, widthOf)).toEqual(["one", "two"]);
    expect(brokenLines("", 9, widthOf)).toEqual([""]);
  });

  test("is set in the Japanese forms where there are kana", () => {
    expect(fontsFor("荷物は")).toEqual(["latin", "jp", "sc"]);
    expect(fontsFor("荷物")).toEqual(["latin", "sc"]);
  });
});
