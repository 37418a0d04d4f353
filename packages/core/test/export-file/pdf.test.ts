import { PDFiumLibrary } from "@hyzyla/pdfium";
import { describe, expect, test } from "vitest";
import { type FontName, ReportFonts, renderReport } from "../../src/export-file/index.ts";
import { brokenLines } from "../../src/export-file/pdf/broken-lines.ts";
import { coverageFacts } from "../../src/export-file/pdf/report-facts.ts";
import { isRightToLeft, visualRuns } from "../../src/export-file/pdf/visual-runs.ts";
import { aReport, said } from "./a-report.ts";
import { shelf } from "./fonts.ts";

const AT = new Date("2026-11-21T10:00:00Z");
const pause = async () => {};

/** What stands on each page, as a reader of PDFs finds it. */
async function pagesOf(bytes: Uint8Array): Promise<string[]> {
  const library = await PDFiumLibrary.init();
  const pdf = await library.loadDocument(bytes);
  const pages = Array.from({ length: pdf.getPageCount() }, (_, i) => pdf.getPage(i).getText());
  pdf.destroy();
  library.destroy();
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

  test.each([
    ["Latin", "Łódź, Việt Nam, mpɔ̌sɔ, non\u2011breaking\u2010hyphen"],
    ["Cyrillic", "посылка, ғылым"],
    ["Greek", "Πού είναι το δέμα μου;"],
    ["Georgian", "გამარჯობა, სად არის ჩემი ამანათი?"],
    ["Armenian", "Բարև, որտեղ է իմ ծանրոցը։"],
    ["Hebrew", "שלום, איפה החבילה שלי? (מספר 12345)"],
    ["Arabic", "مرحبا، أين طردي؟"],
    ["Urdu", "یہ پارسل کہاں ہے؟ ٹھیک ہے"],
    ["Ethiopic", "ሰላም፣ የኔ ጥቅል የት ነው።"],
    ["Bengali", "নমস্কার, আমার পার্সেল কোথায়। বিশ্ববিদ্যালয়"],
    ["Gurmukhi", "ਸਤ ਸ੍ਰੀ ਅਕਾਲ, ਮੇਰਾ ਪਾਰਸਲ ਕਿੱਥੇ ਹੈ।"],
    ["Gujarati", "નમસ્તે, મારું પાર્સલ ક્યાં છે"],
    ["Oriya", "ନମସ୍କାର, ମୋ ପାର୍ସଲ କେଉଁଠି"],
    ["Tamil", "வணக்கம், எனது பொதி எங்கே"],
    ["Telugu", "నమస్కారం, నా పార్సెల్ ఎక్కడ"],
    ["Kannada", "ನಮಸ್ಕಾರ, ನನ್ನ ಪಾರ್ಸೆಲ್ ಎಲ್ಲಿದೆ"],
    ["Malayalam", "നമസ്കാരം, എന്റെ പാഴ്സൽ എവിടെയാണ്"],
    ["Sinhala", "ආයුබෝවන්, මගේ පාර්සලය කොහේද ශ්‍රී"],
    ["Devanagari", "नमस्ते, मेरा पार्सल कहाँ है। राष्ट्र"],
    ["Tibetan", "བཀྲ་ཤིས་བདེ་ལེགས།"],
    ["Thai", "สวัสดี พัสดุอยู่ที่ไหน น้ำ"],
    ["Lao", "ສະບາຍດີ ພັດສະດຸຢູ່ໃສ ນ້ຳ"],
    ["Khmer", "សួស្តី កញ្ចប់របស់ខ្ញុំនៅឯណា"],
    ["Burmese", "မင်္ဂလာပါ ပါဆယ် ဘယ်မှာလဲ ကြောင်း"],
    ["simplified Chinese", "我的包裹在哪里？"],
    ["traditional Chinese", "請問我的訂單寄出了嗎？籲、鞏、顥"],
    ["Japanese", "荷物はどこですか。"],
    ["Korean", "소포가 어디에 있나요?"],
    ["Emoji", "🙂👍🏽❤️👨‍👩‍👧🇩🇪 1️⃣"],
    ["Signs", "→ ✓ ≤ ♪ ① № € ‰"],
  ])("is printed in %s, and whoever searches finds what was said", async (_, text) => {
    const all = (await pagesOf(await renderReport(aReport([said(text, 0)]), shelf, AT, pause))).join("");
    expect(withoutSpaces(all)).toContain(withoutSpaces(text));
    expect(all).not.toContain("\ufffd");
  });

  test("says of what it has no letters for that there are none, and prints the plain form of a fancy letter", async () => {
    const all = (await pagesOf(await renderReport(aReport([said("𝐁𝐨𝐥𝐝 ᏣᎳ x\u1b36", 0)]), shelf, AT, pause))).join("");
    expect(all).toContain("Bold \ufffd\ufffd x\ufffd");
    expect(all).toContain("There are no letters here for 3 of the characters");
  });

  test("prints each character by a font that has it, where no font has a letter and its mark", async () => {
    const fonts = await ReportFonts.open(shelf, "ཀ\u0301 葛\u{e0100}");
    const pieces = fonts.byFont(fonts.printable("ཀ\u0301")).map(({ font, text }) => [font.name, text]);
    expect(pieces).toEqual([
      ["tibetan", "ཀ"],
      ["sans", "\u0301"],
    ]);
    // Which of two forms of the letter is meant.
    expect(fonts.printable("葛\u{e0100}")).toBe("葛\u{e0100}");
    expect(fonts.unprintable.size).toBe(0);
  });

  test("takes a line's end within what was said for a space, and its direction from its first letter", async () => {
    const pages = await pagesOf(await renderReport(aReport([said("one\ntwo", 0)]), shelf, AT, pause));
    expect(pages.join("")).toContain("one two");
  });

  test("opens the fonts that its words need, and no others", async () => {
    const openedFor = async (text: string) => {
      const opened: FontName[] = [];
      const load = (name: FontName) => {
        opened.push(name);
        return shelf.load(name);
      };
      await ReportFonts.open({ ...shelf, load }, text);
      return opened;
    };
    expect(await openedFor("Hello")).toEqual(["sans"]);
    expect(await openedFor("荷物")).toEqual(["sans", "sc"]);
    // The Japanese forms where there are kana.
    expect(await openedFor("荷物は")).toEqual(["sans", "jp"]);
    expect(await openedFor("籲請")).toEqual(["sans", "sc", "tc"]);
    expect(await openedFor("নমস্কার।")).toEqual(["sans", "bengali"]);
    // Each script by its own rules, though one font might have both.
    expect(await openedFor("Hello राष्ट्र।")).toEqual(["sans", "devanagari"]);
  });
});

const withoutSpaces = (text: string) => text.replaceAll(/\s/g, "");

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
  test("of both directions stands as it is read: each stretch in its place", () => {
    const runs = visualRuns("שלום (42) abc", "rtl").map(({ text }) => text);
    expect(runs).toEqual(["abc", ") ", "42", "שלום ("]);
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

  test("of a script without spaces is broken between words", () => {
    const widthOf = (text: string) => text.length;
    expect(brokenLines("พัสดุอยู่ที่ไหน", 12, widthOf)).toEqual(["พัสดุอยู่", "ที่ไหน"]);
    expect(brokenLines("เขาพูด“สวัสดี”(บ้าน)", 7, widthOf)).toEqual(["เขา", "พูด“สวั", "สดี”(บ้", "าน)"]);
    expect(brokenLines("ကျွန်တော်သိချင်ပါတယ်", 15, widthOf).join("|")).not.toMatch(/\|[\u102b-\u103e]/u);
  });
});
