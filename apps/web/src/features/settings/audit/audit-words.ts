import type { AuditAction, AuditEntryView } from "@earwitness/shared";
import { clock } from "../../../format/time.ts";

/** Each kind of entry: its name in the filter, and what somebody did, said after their name and before the thing. */
export const ACTION_WORDS: Record<AuditAction, { name: string; did: string; of?: "object" }> = {
  "session.opened": { name: "Signed in", did: "signed in" },
  "session.ended": { name: "Signed out", did: "ended a sign-in" },
  "account.linked": { name: "Account linked", did: "linked an account" },
  "account.unlinked": { name: "Account unlinked", did: "unlinked an account" },
  "workspace.created": { name: "Workspace made", did: "made the workspace" },
  "workspace.changed": { name: "Workspace settings changed", did: "changed the workspace’s settings" },
  "workspace.ownership_transferred": {
    name: "Ownership handed over",
    did: "handed the workspace over to",
    of: "object",
  },
  "member.invited": { name: "Member invited", did: "invited" },
  "member.joined": { name: "Member joined", did: "accepted an invitation and joined" },
  "member.changed": { name: "Member changed", did: "changed", of: "object" },
  "member.removed": { name: "Member removed", did: "removed", of: "object" },
  "member.left": { name: "Member left", did: "left the workspace" },
  "invitation.revoked": { name: "Invitation revoked", did: "revoked the invitation" },
  "api_key.created": { name: "API key made", did: "made the API key", of: "object" },
  "api_key.revoked": { name: "API key revoked", did: "revoked the API key", of: "object" },
  "tokens.exchanged": { name: "Tokens handed out", did: "exchanged a key for tokens" },
  "tokens.revoked": { name: "Tokens revoked", did: "ended the tokens of a key" },
  "number.changed": { name: "Number changed", did: "changed the number", of: "object" },
  "numbers.synced": { name: "Numbers asked for", did: "asked the carrier for its numbers" },
  "call.placed": { name: "Call placed", did: "placed", of: "object" },
  "call.steered": { name: "Call steered", did: "steered", of: "object" },
  "call.hung_up": { name: "Call hung up", did: "hung up", of: "object" },
  "call.listened": { name: "Call listened to", did: "listened in on", of: "object" },
  "note.written": { name: "Note written", did: "wrote a note" },
  "note.removed": { name: "Note removed", did: "removed a note" },
  "recording.served": { name: "Recording played", did: "played" },
  "recording.downloaded": { name: "Recording downloaded", did: "downloaded" },
  "recording.retried": { name: "Recording fetched again", did: "had a recording fetched again" },
  "transcript.retried": { name: "Transcript asked for again", did: "asked for a transcript again" },
  "upload.announced": { name: "Upload announced", did: "announced an upload" },
  "upload.accepted": { name: "Upload accepted", did: "uploaded a file" },
  "upload.refused": { name: "Upload refused", did: "uploaded a file that was refused" },
  "audit.exported": { name: "Audit log exported", did: "exported the audit log" },
};

/** All kinds of entries, in the order of the table. */
export const AUDIT_ACTIONS: readonly AuditAction[] = Object.keys(ACTION_WORDS).filter(isAuditAction);

function isAuditAction(name: string): name is AuditAction {
  return name in ACTION_WORDS;
}

/** The stretch of a recording that somebody was handed, `0:12 to 0:34`; null where the entry is of no such thing. */
export function stretchWords({ details }: Pick<AuditEntryView, "details">): string | null {
  const { fromMs, toMs } = details;
  if (typeof fromMs !== "number") return null;
  return typeof toMs === "number" ? `${clock(fromMs)} to ${clock(toMs)}` : `${clock(fromMs)} to its end`;
}

/** The id of the call that an entry is about; null where it is about none. */
export function callOf({ object, details }: Pick<AuditEntryView, "object" | "details">): string | null {
  if (object.kind === "call") return object.id;
  return typeof details.callId === "string" ? details.callId : null;
}

/** One named thing that an entry tells of: what it was, and what it is now where that is told as well. */
export interface DetailLine {
  name: string;
  before: string | null;
  after: string;
}

/** What an entry tells besides who and what, one line each. Positions, and the call that the sentence names, are left out. */
export function detailLines({ details }: Pick<AuditEntryView, "details">): DetailLine[] {
  const { before, after, ...others } = details;
  const changes = isFields(after)
    ? Object.entries(after).map(([name, value]) => ({
        name: fieldName(name),
        before: isFields(before) && name in before ? plain(before[name]) : null,
        after: plain(value),
      }))
    : [];
  const plainOnes = Object.entries(others).flatMap(([name, value]) =>
    SAID_ELSEWHERE.has(name) || value === null ? [] : [{ name: fieldName(name), before: null, after: plain(value) }],
  );
  return [...changes, ...plainOnes];
}

const SAID_ELSEWHERE: ReadonlySet<string> = new Set(["fromMs", "toMs", "aheadMs", "callId", "sessionId"]);

/** `retentionDays` as people write it: `retention days`. */
function fieldName(key: string): string {
  return key.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}

function plain(value: unknown): string {
  if (value === null || value === undefined || value === "") return "nothing";
  if (typeof value === "boolean") return value ? "on" : "off";
  if (Array.isArray(value)) return value.length === 0 ? "nothing" : value.map(plain).join(", ");
  return isFields(value)
    ? Object.entries(value)
        .map(([name, each]) => `${fieldName(name)} ${plain(each)}`)
        .join(", ")
    : String(value);
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
