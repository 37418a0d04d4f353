import type { AuditAction, AuditEntryView } from "@earwitness/shared";
import { METHOD_NAMES } from "../../session/provider-names.ts";

type Details = AuditEntryView["details"];

/** How a kind of entry is said: its name in the filter, and a sentence that begins with who did it. */
interface Words {
  name: string;
  did: string;
  /** What it was done to, said after the deed: the thing itself, or what the details tell of it; null where nothing is told. */
  what?: "object" | ((details: Details, nameOf: NameOf) => string | null);
  /** The details that the sentence holds already. */
  told?: readonly string[];
}

/** The name of a person, key or number by its id; the id where it has none. */
export type NameOf = (id: string) => string;

const text = (name: string) => (details: Details) => (typeof details[name] === "string" ? details[name] : null);
const METHODS: Partial<Record<string, string>> = METHOD_NAMES;
const by = (name: string) => (details: Details) => {
  const provider = text(name)(details);
  return provider === null ? null : `by ${METHODS[provider] ?? provider}`;
};
const invited = (details: Details) => {
  const [email, role] = [text("email")(details), text("role")(details)];
  if (email === null) return null;
  return `${email}${role === null ? "" : ` as ${role}`}${details.isAgain === true ? " again" : ""}`;
};

export const ACTION_WORDS: Record<AuditAction, Words> = {
  "session.opened": { name: "Signed in", did: "signed in", what: by("method"), told: ["method"] },
  "session.ended": { name: "Signed out", did: "signed out of a browser" },
  "account.linked": { name: "Account linked", did: "linked a way in", what: by("provider"), told: ["provider"] },
  "account.unlinked": { name: "Account unlinked", did: "unlinked a way in", what: by("provider"), told: ["provider"] },
  "workspace.created": { name: "Workspace made", did: "made the workspace", what: text("name"), told: ["name"] },
  "workspace.changed": { name: "Workspace settings changed", did: "changed the workspace’s settings" },
  "workspace.ownership_transferred": {
    name: "Ownership handed over",
    did: "handed the workspace over to",
    what: ({ to }, nameOf) => (typeof to === "string" ? nameOf(to) : null),
    told: ["from", "to"],
  },
  "member.invited": { name: "Member invited", did: "invited", what: invited, told: ["email", "role", "isAgain"] },
  "member.joined": {
    name: "Member joined",
    did: "accepted an invitation and joined",
    what: ({ role }) => (typeof role === "string" ? `as ${role}` : null),
    told: ["email", "role", "invitationId"],
  },
  "member.changed": { name: "Member changed", did: "changed what is set for", what: "object" },
  "member.removed": { name: "Member removed", did: "removed", what: text("email"), told: ["email"] },
  "member.left": { name: "Member left", did: "left the workspace", told: ["email"] },
  "invitation.revoked": {
    name: "Invitation revoked",
    did: "revoked the invitation of",
    what: text("email"),
    told: ["email", "role"],
  },
  "api_key.created": { name: "API key made", did: "made the API key", what: text("name"), told: ["name"] },
  "api_key.revoked": { name: "API key revoked", did: "revoked the API key", what: text("name"), told: ["name"] },
  "tokens.exchanged": { name: "Tokens handed out", did: "exchanged a key for tokens" },
  "tokens.revoked": { name: "Tokens revoked", did: "ended the tokens of a key" },
  "number.changed": { name: "Number changed", did: "changed the number", what: "object" },
  "numbers.synced": {
    name: "Numbers asked for",
    did: "asked the carrier for its numbers",
    what: ({ e164 }) => (typeof e164 === "string" ? `and found ${e164}` : null),
    told: ["e164"],
  },
  "call.placed": { name: "Call placed", did: "placed", what: "object", told: ["numberId"] },
  "call.steered": { name: "Call steered", did: "steered", what: "object" },
  "call.hung_up": { name: "Call hung up", did: "hung up", what: "object" },
  "call.listened": { name: "Call listened to", did: "listened in on", what: "object" },
  "note.written": { name: "Note written", did: "wrote a note" },
  "note.removed": { name: "Note removed", did: "removed a note" },
  "recording.served": { name: "Recording played", did: "played" },
  "recording.downloaded": { name: "Recording downloaded", did: "downloaded" },
  "recording.retried": { name: "Recording fetched again", did: "had a recording fetched again" },
  "transcript.retried": { name: "Transcript asked for again", did: "asked for a transcript again" },
  "upload.announced": { name: "Upload announced", did: "announced an upload" },
  "upload.accepted": { name: "Upload accepted", did: "uploaded a file" },
  "upload.refused": { name: "Upload refused", did: "uploaded a file that was refused" },
  "call.deleted": { name: "Call deleted", did: "put a call into the trash" },
  "call.restored": { name: "Call restored", did: "took a call out of the trash" },
  "call.purged": { name: "Call purged", did: "purged a call" },
  "recording.differs": { name: "Recording differs", did: "found that a recording is not what was stored" },
  "recording.purged": { name: "Recording purged", did: "purged a recording" },
  "transcript.purged": { name: "Transcript purged", did: "purged a transcript" },
  "hold.placed": { name: "Legal hold placed", did: "placed a legal hold" },
  "hold.released": { name: "Legal hold released", did: "released a legal hold" },
  "export.made": { name: "Export made", did: "made an export" },
  "export.downloaded": { name: "Export downloaded", did: "downloaded an export" },
  "import.started": { name: "Import started", did: "started an import" },
  "notice.applied_again": { name: "Notice applied again", did: "applied a vendor's notice again" },
  "job.run_again": { name: "Job run again", did: "ran a job again" },
  "job.cancelled": { name: "Job cancelled", did: "cancelled a job" },
  "job.dismissed": { name: "Dead letter dismissed", did: "dismissed a dead letter" },
  "cron.run": { name: "Scheduled work run", did: "ran a scheduled work by hand" },
  "audit.exported": { name: "Audit log exported", did: "exported the audit log", told: ["after"] },
};

/** What an entry was done to, in words; null where the deed says it all. */
export function whatWords(entry: Pick<AuditEntryView, "action" | "object" | "details">, nameOf: NameOf): string | null {
  const { what } = ACTION_WORDS[entry.action];
  if (what === undefined) return null;
  return what === "object" ? nameOf(entry.object.id) : what(entry.details, nameOf);
}

/** All kinds of entries, in the order of the table. */
export const AUDIT_ACTIONS: readonly AuditAction[] = Object.keys(ACTION_WORDS).filter(isAuditAction);

function isAuditAction(name: string): name is AuditAction {
  return name in ACTION_WORDS;
}
