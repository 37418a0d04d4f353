export { allowsOrigin, isAllowedSomewhere } from "./allowed-origins.ts";
export { listApiKeys } from "./api-keys.ts";
export { type AuditFilter, listAuditEntries, readAuditLines } from "./audit.ts";
export { readCall } from "./call.ts";
export { type CallsFilter, type CallsPosition, listCalls } from "./calls.ts";
export { readCoverage } from "./coverage.ts";
export { ping, readDatabaseCheck } from "./database-check.ts";
export { exportSource } from "./export/source.ts";
export { listExports, readExport } from "./exports.ts";
export { listHolds, readHold } from "./holds.ts";
export { listImports, readImport } from "./imports.ts";
export { listInvitations, previewInvitation, readInvitation } from "./invitations.ts";
export { type JobsFilter, type JobsPosition, type JobsViewer, listJobs, mergeJobs, readJob } from "./jobs.ts";
export { readMailState, readWantedMails } from "./mails.ts";
export { listWorkspaceChoices, readMe } from "./me.ts";
export { listNotes, readNote } from "./notes.ts";
export { listNobodysNotices, listNotices, type NoticesPosition } from "./notices.ts";
export { listNumbers, readNumber } from "./numbers.ts";
export { mergeHealth, readDeploymentHealth, readWorkspaceHealth } from "./ops/index.ts";
export { listMembers, namesOf, readMember } from "./people.ts";
export { readRecordedCall } from "./recorded-call.ts";
export { listRecordings, readPeaksKey, readStoredAudio, type StoredAudio } from "./recordings.ts";
export { previewRetention } from "./retention-preview.ts";
export { type Search, type SearchFilter, type SearchPosition, searchCalls } from "./search/index.ts";
export { listSessions } from "./sessions.ts";
export { readTranscript, type TranscriptKind } from "./transcript.ts";
export { listTrash, type TrashPosition } from "./trash.ts";
export {
  listScreenshots,
  readAvatar,
  readScreenshot,
  readUpload,
  type StoredPicture,
} from "./uploads.ts";
export { readUsage } from "./usage.ts";
export { readWorkspace } from "./workspace.ts";
