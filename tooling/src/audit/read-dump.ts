import { idFromUuid } from "@earwitness/shared";
import { AuditHead, AuditLine } from "@earwitness/shared/audit";
import type { Line } from "./lines.ts";
import type { AuditItem } from "./read-export.ts";

/** `COPY public.audit_entries (workspace_id, n, …) FROM stdin;` */
const COPY = /^COPY (?:\S+\.)?"?(audit_entries|audit_heads)"? \((.+)\) FROM stdin;$/;
const END_OF_COPY = "\\.";
const ESCAPES: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

/**
 * Reads the audit log's tables out of a plain dump of the database, as `pg_dump` writes it; other tables are passed over.
 * Postgres keeps rows in no order: whoever checks them sorts them.
 */
export async function* readDump(lines: AsyncIterable<Line>): AsyncGenerator<AuditItem> {
  let table: { name: string; columns: string[] } | null = null;
  for await (const { number, text } of lines) {
    if (table === null) {
      const [, name, columns] = COPY.exec(text ?? "") ?? [];
      if (name !== undefined && columns !== undefined) {
        table = { name, columns: columns.split(", ").map((column) => column.replaceAll('"', "")) };
      }
    } else if (text === END_OF_COPY) table = null;
    else yield readRow(table, number, text);
  }
}

function readRow(
  { name, columns }: { name: string; columns: readonly string[] },
  line: number,
  text: string | null,
): AuditItem {
  const values = (text ?? "").split("\t").map(cellOf);
  const row = Object.fromEntries(columns.map((column, i) => [column, values[i] ?? null]));
  try {
    const workspaceId = idFromUuid("workspace", row.workspace_id ?? "");
    const n = Number(row.n);
    if (name === "audit_heads")
      return { kind: "head", line, head: AuditHead.parse({ workspaceId, n, sha256: row.sha256 }) };
    const entry = AuditLine.parse({
      workspaceId,
      n,
      // "2026-11-21 10:00:00.123+00": ISO 8601 but for the blank and the short offset.
      at: new Date((row.at ?? "").replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00")).toISOString(),
      actor: { kind: row.actor_kind, id: row.actor_id },
      action: row.action,
      object: { kind: row.object_kind, id: row.object_id },
      details: JSON.parse(row.details ?? ""),
      ipAddress: row.ip_address,
      userAgent: row.user_agent,
      requestId: row.request_id,
      previousSha256: row.previous_sha256,
      sha256: row.sha256,
    });
    return { kind: "entry", line, entry };
  } catch {
    return { kind: "unreadable", line, what: `this is no row of ${name}.` };
  }
}

/** A value of COPY's text format (Postgres documentation, "COPY", file formats); octal and hex escapes it never writes. */
function cellOf(text: string): string | null {
  if (text === "\\N") return null;
  return text.replaceAll(/\\(.)/g, (_, escaped: string) => ESCAPES[escaped] ?? escaped);
}
