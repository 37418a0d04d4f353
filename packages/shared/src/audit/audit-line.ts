import canonicalize from "canonicalize";
import { z } from "zod";
import { hexOf } from "../hex.ts";
import { WorkspaceId } from "../ids.ts";

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, { error: "must be 64 hex digits in lower case" });
/** An instant as JavaScript writes it: UTC, three digits of a second. One spelling, so that an instant has one hash. */
const ExactInstant = z.iso.datetime({ precision: 3 });

/** An entry of the audit log as it is exported, one a line. Everything but `sha256` is what `sha256` is taken of. */
export const AuditLine = z.strictObject({
  workspaceId: WorkspaceId,
  /** Counts from 1 within the workspace, without a gap. */
  n: z.int().min(1),
  at: ExactInstant,
  actor: z.strictObject({ kind: z.enum(["user", "apiKey", "system"]), id: z.string().nullable() }),
  /** No list of those that there are: a checker must not refuse what a later version learned to log. */
  action: z.string().min(1),
  object: z.strictObject({ kind: z.string(), id: z.string() }),
  details: z.record(z.string(), z.json()),
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
  requestId: z.string().nullable(),
  /** The `sha256` of the entry before; `BEFORE_THE_FIRST` for the first. */
  previousSha256: Sha256,
  sha256: Sha256,
});
export type AuditLine = z.infer<typeof AuditLine>;
export type UnsealedAuditLine = Omit<AuditLine, "sha256">;

/** Where a workspace's log ends. */
export const AuditHead = AuditLine.pick({ workspaceId: true, n: true, sha256: true });
export type AuditHead = z.infer<typeof AuditHead>;

/** The last line of an export: where the log ended, and when, which is the time of its last entry. */
export const AuditHeadLine = z.strictObject({ head: AuditHead, exportedAt: ExactInstant });
export type AuditHeadLine = z.infer<typeof AuditHeadLine>;

/** What the first entry of a workspace follows. */
export const BEFORE_THE_FIRST = "0".repeat(64);

/**
 * The one way to write a line: canonical JSON (RFC 8785: keys sorted, no space, numbers and escapes as JavaScript has them), so that
 * neither the order in which a database keeps keys nor anybody's printer changes a hash. Without a line's end.
 */
export function auditText(line: AuditLine | UnsealedAuditLine | AuditHeadLine): string {
  const text = canonicalize(line);
  if (text === undefined) throw new Error("An audit line is an object.");
  return text;
}

/** What seals an entry: the SHA-256, in hex, of the UTF-8 bytes of its canonical JSON without the field `sha256`. */
export async function auditSha256(entry: AuditLine | UnsealedAuditLine): Promise<string> {
  const unsealed: Partial<AuditLine> = { ...entry };
  delete unsealed.sha256;
  const text = canonicalize(unsealed);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return hexOf(new Uint8Array(digest));
}
