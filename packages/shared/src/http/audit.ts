import { z } from "zod";
import { WorkspaceId } from "../ids.ts";
import { Instant, ListedInstant } from "./call.ts";

/** Everything that is put into the audit log: noun, then what was done to it. */
export const AuditAction = z
  .enum([
    "session.opened",
    "session.ended",
    "account.linked",
    "account.unlinked",
    "workspace.created",
    "workspace.changed",
    "workspace.ownership_transferred",
    "member.invited",
    "member.joined",
    "member.changed",
    "member.removed",
    "member.left",
    "invitation.revoked",
    "api_key.created",
    "api_key.revoked",
    "tokens.exchanged",
    "tokens.revoked",
    "number.changed",
    "numbers.synced",
    "call.placed",
    "call.steered",
    "call.hung_up",
    "call.listened",
    "note.written",
    "note.removed",
    "notice.applied_again",
    "recording.served",
    "recording.downloaded",
    "recording.retried",
    "transcript.retried",
    "upload.announced",
    "upload.accepted",
    "upload.refused",
    "audit.exported",
    "call.deleted",
    "call.restored",
    "call.purged",
    "recording.purged",
    "recording.differs",
    "transcript.purged",
    "hold.placed",
    "hold.released",
    "export.made",
    "export.downloaded",
    "import.started",
    "job.run_again",
    "job.cancelled",
    "job.dismissed",
    "cron.run",
  ])
  .meta({ id: "AuditAction" });
export type AuditAction = z.infer<typeof AuditAction>;

/** One line of the audit log. `sha256` covers all of it but the actor's name, which is looked up. */
export const AuditEntryView = z
  .object({
    n: z.int().describe("Counts from 1 within the workspace, without a gap"),
    at: Instant,
    actor: z.object({
      kind: z.enum(["user", "apiKey", "system"]),
      id: z.string().nullable(),
      name: z.string().nullable(),
    }),
    action: AuditAction,
    object: z.object({ kind: z.string(), id: z.string() }),
    details: z.record(z.string(), z.unknown()),
    ipAddress: z.string().nullable(),
    userAgent: z.string().nullable(),
    requestId: z.string().nullable(),
    previousSha256: z.string(),
    sha256: z.string(),
  })
  .meta({ id: "AuditEntryView" });
export type AuditEntryView = z.infer<typeof AuditEntryView>;
export const AuditList = z
  .object({ workspaceId: WorkspaceId, entries: z.array(AuditEntryView), nextCursor: z.string().nullable() })
  .meta({ id: "AuditList" });
export type AuditList = z.infer<typeof AuditList>;

const MAX_PAGE_SIZE = 100;
export const ListAuditQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(50),
  from: ListedInstant.optional().describe("Entries written at or after"),
  until: ListedInstant.optional().describe("Entries written before"),
  actorId: z.string().max(100).optional().describe("Who did it: the id of a person or a key"),
  action: AuditAction.optional(),
  objectId: z.string().max(200).optional().describe("What it was done to"),
});
export type ListAuditQuery = z.infer<typeof ListAuditQuery>;

/** Numbers of entries are integers of 32 bits in the record. */
const LAST_ENTRY = 2_147_483_647;
export const ExportAuditQuery = z.object({
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(LAST_ENTRY)
    .default(0)
    .describe("The number of the last entry of an earlier export, which this one goes on from"),
});
