"use client";
import type { CallId, MakeExport } from "@earwitness/shared";
import { type ExportChoice, ExportMenu } from "./export-menu.tsx";

/** Has one call written down, to read, to file, or for a tool to take over. */
export default function ExportCall({ callId }: { callId: CallId }) {
  const choice = (label: string, format: "pdf" | "srt" | "vtt" | "vcon" | "jsonl"): ExportChoice => ({
    label,
    wish: (): MakeExport => ({ kind: "call_report", format, callId }),
  });
  return (
    <ExportMenu
      label="This call"
      choices={[
        choice("Report (PDF)", "pdf"),
        choice("Subtitles (SRT)", "srt"),
        choice("Subtitles (WebVTT)", "vtt"),
        choice("vCon", "vcon"),
        choice("JSON Lines", "jsonl"),
      ]}
    />
  );
}
