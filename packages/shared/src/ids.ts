import { fromString, TypeID, typeidUnboxed } from "typeid-js";
import { z } from "zod";

/**
 * The one table of id prefixes. An id is a TypeID (https://github.com/jetify-com/typeid): a prefix, an underscore and a
 * UUIDv7 in base32, so that ids sort by the time they were made. Postgres stores the UUID; everything else the string.
 */
export const ID_PREFIXES = {
  call: "call",
  leg: "leg",
  recording: "rec",
  transcript: "tra",
  utterance: "utt",
  number: "num",
  workspace: "ws",
  user: "usr",
  account: "acc",
  session: "ses",
  apiKey: "key",
  notice: "ntc",
  note: "not",
  job: "job",
  outbox: "out",
  invitation: "inv",
  upload: "upl",
  mail: "mail",
  tokenFamily: "fam",
  request: "req",
  export: "exp",
  import: "imp",
  hold: "hold",
  cronRun: "run",
  finding: "fnd",
  contact: "msg",
} as const;

export type IdKind = keyof typeof ID_PREFIXES;
export type Id<K extends IdKind> = `${(typeof ID_PREFIXES)[K]}_${string}`;

/** Makes a new id of the given kind from a fresh UUIDv7. */
export function newId<K extends IdKind>(kind: K): Id<K> {
  return typeidUnboxed(ID_PREFIXES[kind]) as string as Id<K>;
}

/** Tells whether `text` is a well-formed id of the given kind, with a UUID in it that there can be. */
export function isId<K extends IdKind>(kind: K, text: string): text is Id<K> {
  try {
    fromString(text, ID_PREFIXES[kind]);
    // Not every 128 bits are a UUID, and Postgres is asked for nothing else.
    TypeID.fromString(text).toUUID();
    return true;
  } catch {
    return false;
  }
}

/** The UUID inside an id, as Postgres stores it. Throws when the id is malformed. */
export function uuidOf(id: Id<IdKind>): string {
  return TypeID.fromString(id).toUUID();
}

/** The id of the given kind that holds `uuid`. */
export function idFromUuid<K extends IdKind>(kind: K, uuid: string): Id<K> {
  return TypeID.fromUUID(ID_PREFIXES[kind], uuid).toString() as string as Id<K>;
}

function idSchema<K extends IdKind>(kind: K) {
  return z
    .custom<Id<K>>((value) => typeof value === "string" && isId(kind, value), {
      error: `must be an id that starts with "${ID_PREFIXES[kind]}_"`,
    })
    .meta({ type: "string", pattern: `^${ID_PREFIXES[kind]}_[0-7][0-9a-hjkmnp-tv-z]{25}$` });
}

export const CallId = idSchema("call");
export type CallId = Id<"call">;
export const LegId = idSchema("leg");
export type LegId = Id<"leg">;
export const RecordingId = idSchema("recording");
export type RecordingId = Id<"recording">;
export const TranscriptId = idSchema("transcript");
export type TranscriptId = Id<"transcript">;
export const UtteranceId = idSchema("utterance");
export type UtteranceId = Id<"utterance">;
export const NumberId = idSchema("number");
export type NumberId = Id<"number">;
export const WorkspaceId = idSchema("workspace");
export type WorkspaceId = Id<"workspace">;
export const UserId = idSchema("user");
export type UserId = Id<"user">;
export const ApiKeyId = idSchema("apiKey");
export type ApiKeyId = Id<"apiKey">;
export const NoticeId = idSchema("notice");
export type NoticeId = Id<"notice">;
export const NoteId = idSchema("note");
export type NoteId = Id<"note">;
export const JobId = idSchema("job");
export type JobId = Id<"job">;
export const SessionId = idSchema("session");
export type SessionId = Id<"session">;
export const InvitationId = idSchema("invitation");
export type InvitationId = Id<"invitation">;
export const UploadId = idSchema("upload");
export type UploadId = Id<"upload">;
export const MailId = idSchema("mail");
export type MailId = Id<"mail">;
export const TokenFamilyId = idSchema("tokenFamily");
export type TokenFamilyId = Id<"tokenFamily">;
export const ExportId = idSchema("export");
export type ExportId = Id<"export">;
export const ImportId = idSchema("import");
export type ImportId = Id<"import">;
export const HoldId = idSchema("hold");
export type HoldId = Id<"hold">;
export const CronRunId = idSchema("cronRun");
export type CronRunId = Id<"cronRun">;
export const FindingId = idSchema("finding");
export type FindingId = Id<"finding">;
export const ContactId = idSchema("contact");
export type ContactId = Id<"contact">;
