"use client";
import type { MakeExport } from "@earwitness/shared";
import { type CallFilters, isFiltered, toQuery } from "../../api/call-filters.ts";
import { type ExportChoice, ExportMenu } from "./export-menu.tsx";

/** Has the calls written down as they are filtered on the screen, or what was said on them. */
export default function ExportCalls({ filters }: { filters: CallFilters }) {
  const choice = (label: string, kind: "calls" | "transcripts", format: "csv" | "jsonl"): ExportChoice => ({
    label,
    wish: (): MakeExport => ({ kind, format, ...asked(filters) }),
  });
  return (
    <ExportMenu
      size="sm"
      label={isFiltered(filters) ? "The calls that fit the filters" : "All calls"}
      choices={[
        choice("Calls as a spreadsheet (CSV)", "calls", "csv"),
        choice("Calls as JSON Lines", "calls", "jsonl"),
        choice("Transcripts as a spreadsheet (CSV)", "transcripts", "csv"),
        choice("Transcripts as JSON Lines", "transcripts", "jsonl"),
      ]}
    />
  );
}

function asked(filters: CallFilters) {
  const { state, direction, number, from, until } = toQuery(filters, new Date());
  return {
    ...(state && { state }),
    ...(direction && { direction }),
    ...(number && { number }),
    ...(from && { from }),
    ...(until && { until }),
  };
}
