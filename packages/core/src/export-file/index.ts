export type { FontName, FontShelf } from "./pdf/font-shelf.ts";
export { renderReport } from "./pdf/render-report.ts";
export { ReportFonts } from "./pdf/report-fonts.ts";
export { reportJsonl } from "./report/report-jsonl.ts";
export { srtOf } from "./report/srt.ts";
export { vconOf } from "./report/vcon.ts";
export { vttOf } from "./report/vtt.ts";
export { type WriteExportPorts, writeExport } from "./write-export.ts";
