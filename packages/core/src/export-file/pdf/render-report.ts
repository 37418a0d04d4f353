/// <reference path="./pdfkit.d.ts" />
import PDFDocument from "pdfkit";
import { toBytes } from "pdfkit/output";
import type { CallReport } from "../../ports/export-source.ts";
import { speakerName } from "../report/call-report.ts";
import { clockText } from "../report/clock-text.ts";
import type { FontShelf } from "./font-shelf.ts";
import { callFacts, coverageFacts, type Fact, instantText, recordingFacts } from "./report-facts.ts";
import { MARGIN, ReportPage, STYLES } from "./report-page.ts";
import { Typesetter } from "./typesetter.ts";

const FACTS_INDENT = 110;
const SPEAKER_INDENT = 52;
const WORDS_INDENT = 130;
/** A second's work or so. What a call of ten hours said takes minutes to set, and nothing else of the program runs meanwhile. */
const LETTERS_BETWEEN_PAUSES = 5_000;

/** The report is written in English, whoever asks for it. */
const LANGUAGES = new Intl.DisplayNames("en", { type: "language" });

/**
 * A call as a PDF to read, file and print: what happened, where its sound is, the digest of each recording, and the transcript with
 * speakers and times. Numbered pages; scripts that are written leftwards or joined stand as they should. What no font of the shelf
 * has is shown by a sign that stands for it, and the last page says so. Pages are held until the last is known, a few kB each.
 * `pause` is awaited again and again, so that others get their turn; what it throws ends the work.
 */
export async function renderReport(
  report: CallReport,
  shelf: FontShelf,
  at: Date,
  pause: () => Promise<void>,
): Promise<Uint8Array> {
  const { call, transcript } = report;
  const title = `Call ${call.from} to ${call.to}`;
  const pdf = new PDFDocument({
    size: "A4",
    margin: 0,
    // The standard fonts have no letters outside of Western Europe.
    font: "",
    bufferPages: true,
    pdfVersion: "1.7",
    lang: "en",
    displayTitle: true,
    info: { Title: title, Author: report.workspaceName, Creator: "Earwitness", CreationDate: at, ModDate: at },
  });
  const bytes = toBytes(pdf);
  const setter = await Typesetter.for(pdf, shelf, textOf(report));
  const page = new ReportPage(pdf, setter);

  page.paragraph("Call report", STYLES.title);
  page.paragraph(`Written ${instantText(at.toISOString())}. All times are UTC.`, STYLES.label);
  page.rule();
  facts(page, callFacts(report));
  section(page, "Where the sound is");
  facts(page, coverageFacts(report));
  for (const recording of call.recordings) {
    section(page, "Receipt");
    facts(page, recordingFacts(recording));
  }
  section(page, "Transcript");
  page.paragraph(transcriptLine(report), STYLES.label);
  page.space(4);
  let letters = 0;
  for (const utterance of transcript?.utterances ?? []) {
    const cells = [
      { text: clockText(utterance.startMs), style: STYLES.label, indent: 0 },
      { text: speakerName(utterance), style: STYLES.label, indent: SPEAKER_INDENT },
      { text: utterance.text, style: STYLES.body, indent: WORDS_INDENT },
    ];
    page.columns(cells);
    page.space(3);
    letters += cells.reduce((sum, { text }) => sum + text.length, 0);
    if (letters < LETTERS_BETWEEN_PAUSES) continue;
    letters = 0;
    await pause();
  }
  if (setter.unprintable.size > 0) {
    page.space(8);
    page.paragraph(
      `There are no letters here for ${setter.unprintable.size} of the characters of this call. Each is shown as \ufffd; the other forms of this export have it.`,
      STYLES.label,
    );
  }
  numberPages(pdf, setter, call.id);
  pdf.end();
  return bytes;
}

function section(page: ReportPage, heading: string): void {
  page.need(60);
  page.rule();
  page.paragraph(heading, STYLES.heading);
  page.space(2);
}

function facts(page: ReportPage, all: readonly Fact[]): void {
  for (const { label, text } of all) {
    page.columns([
      { text: label, style: STYLES.label, indent: 0 },
      { text, style: STYLES.body, indent: FACTS_INDENT },
    ]);
  }
}

function transcriptLine({ transcript }: CallReport): string {
  if (transcript === null) return "There is none.";
  const kind = transcript.kind === "live" ? "As it was captioned while it was spoken" : "From the recording";
  const from = transcript.positionsFrom === "answer" ? "the answer" : "the recording's beginning";
  const language = transcript.language === null ? "" : `, in ${LANGUAGES.of(transcript.language)}`;
  return `${kind}, version ${transcript.version}${language}: ${transcript.wordCount} words. Positions count from ${from}.`;
}

/** How many pages there are is known at the end. */
function numberPages(pdf: InstanceType<typeof PDFDocument>, setter: Typesetter, callId: string): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let i = 0; i < count; i++) {
    pdf.switchToPage(start + i);
    const y = pdf.page.height - MARGIN / 2;
    const width = pdf.page.width - 2 * MARGIN;
    setter.write(`Earwitness · ${callId}`, { x: MARGIN, y, width }, STYLES.foot);
    const number = `Page ${i + 1} of ${count}`;
    const x = MARGIN + width - setter.widthOf(number, STYLES.foot.size);
    setter.write(number, { x, y, width }, STYLES.foot);
  }
}

/** All that will be written, for the choice of fonts. */
function textOf(report: CallReport): string {
  const known = [...callFacts(report), ...coverageFacts(report), ...report.call.recordings.flatMap(recordingFacts)];
  const said = report.transcript?.utterances.flatMap(({ text, speaker }) => [text, speaker]) ?? [];
  return [...known.map(({ text }) => text), ...said].join("\n");
}
