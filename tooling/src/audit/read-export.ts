import { AuditHeadLine, AuditLine, auditText } from "@earwitness/shared/audit";
import { z } from "zod";
import type { Line } from "./lines.ts";

/** What a line of an export or a row of a dump holds. */
export type AuditItem =
  | { readonly kind: "entry"; readonly line: number; readonly entry: AuditLine }
  | { readonly kind: "head"; readonly line: number; readonly head: AuditHeadLine["head"]; readonly exportedAt?: string }
  | { readonly kind: "unreadable"; readonly line: number; readonly what: string };

const ExportedLine = z.union([AuditHeadLine, AuditLine]);

/**
 * Reads a line of an export. One that is not byte for byte as an export writes it is unreadable, even if it means the same: a
 * key that is there twice, or one that nobody hashes, would be seen by a person and by no checker.
 */
export function readExportedLine({ number: line, text }: Line): AuditItem {
  const parsed = ExportedLine.safeParse(jsonOf(text));
  if (!parsed.success) return { kind: "unreadable", line, what: "this is no line of an export." };
  if (auditText(parsed.data) !== text) {
    return { kind: "unreadable", line, what: "this line was altered: no export writes it so." };
  }
  if ("head" in parsed.data) return { kind: "head", line, ...parsed.data };
  return { kind: "entry", line, entry: parsed.data };
}

function jsonOf(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
