import { newId } from "@earwitness/shared";
import { type AuditLine, auditSha256, auditText, BEFORE_THE_FIRST } from "@earwitness/shared/audit";
import fc from "fast-check";

const detail = fc.dictionary(
  fc.string({ unit: "grapheme", maxLength: 6 }).filter((key) => key !== "__proto__"),
  fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 12 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(null),
  ),
  { maxKeys: 3 },
);

/** What somebody did, at random. */
export const anAct = fc.record({
  action: fc.constantFrom("recording.served", "number.changed", "session.opened"),
  at: fc.date({ min: new Date("2026-01-01"), max: new Date("2027-01-01"), noInvalidDate: true }),
  details: detail,
  userAgent: fc.option(fc.constantFrom("Firefox", 'a "quoted" \u2028 agent')),
});
export type Act = ReturnType<typeof anAct.generate>["value"];

/** The log of one workspace in which these acts happened. */
export async function aLog(acts: readonly Act[], workspaceId = newId("workspace")): Promise<AuditLine[]> {
  const lines: AuditLine[] = [];
  for (const { action, at, details, userAgent } of acts) {
    const unsealed = {
      workspaceId,
      n: lines.length + 1,
      at: at.toISOString(),
      actor: { kind: "user" as const, id: newId("user") },
      action,
      object: { kind: "recording", id: newId("recording") },
      // As JSON has them: -0 is 0 there.
      details: JSON.parse(JSON.stringify(details)),
      ipAddress: "203.0.113.7",
      userAgent,
      requestId: null,
      previousSha256: lines.at(-1)?.sha256 ?? BEFORE_THE_FIRST,
    };
    lines.push({ ...unsealed, sha256: await auditSha256(unsealed) });
  }
  return lines;
}

/** The last line of an export of these entries. */
export function headOf(lines: readonly AuditLine[]) {
  const last = lines.at(-1);
  if (last === undefined) throw new Error("An export has an entry: its own.");
  const { workspaceId, n, sha256, at } = last;
  return { head: { workspaceId, n, sha256 }, exportedAt: at };
}

export function anExport(lines: readonly AuditLine[]): string[] {
  return [...lines.map(auditText), auditText(headOf(lines))];
}

/** A file with these lines, in chunks of whatever size. */
export async function* aFile(lines: readonly string[], chunkBytes = 1000): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}
