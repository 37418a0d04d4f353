import type { Route } from "../http/route.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { addCallNote } from "./add-call-note.ts";
import { announceUpload } from "./announce-upload.ts";
import { applyNobodysNoticeAgain } from "./apply-nobodys-notice-again.ts";
import { applyNoticeAgain } from "./apply-notice-again.ts";
import { cancelExport } from "./cancel-export.ts";
import { cancelJob } from "./cancel-job.ts";
import { completeUpload } from "./complete-upload.ts";
import { createApiKey } from "./create-api-key.ts";
import { createInvitation } from "./create-invitation.ts";
import { createLiveToken } from "./create-live-token.ts";
import { createWorkspace } from "./create-workspace.ts";
import { deleteCall } from "./delete-call.ts";
import { dismissDeadMessages } from "./dismiss-dead-messages.ts";
import { dismissJobs } from "./dismiss-jobs.ts";
import { downloadExport } from "./download-export.ts";
import { endSession } from "./end-session.ts";
import { endSessions } from "./end-sessions.ts";
import { exchangeKey } from "./exchange-key.ts";
import { exportAudit } from "./export-audit.ts";
import { getAudit } from "./get-audit.ts";
import { getCall } from "./get-call.ts";
import { getCallCoverage } from "./get-call-coverage.ts";
import { getCallScreenshot } from "./get-call-screenshot.ts";
import { getCallTranscript } from "./get-call-transcript.ts";
import { getChecks } from "./get-checks.ts";
import { getContactForm } from "./get-contact-form.ts";
import { getContactStatus } from "./get-contact-status.ts";
import { getExport } from "./get-export.ts";
import { getImport } from "./get-import.ts";
import { getJob } from "./get-job.ts";
import { getMe } from "./get-me.ts";
import { getOps } from "./get-ops.ts";
import { getRecordingAudio } from "./get-recording-audio.ts";
import { getRecordingPeaks } from "./get-recording-peaks.ts";
import { getRetentionPreview } from "./get-retention-preview.ts";
import { getUpload } from "./get-upload.ts";
import { getUsage } from "./get-usage.ts";
import { getUserAvatar } from "./get-user-avatar.ts";
import { getWorkspace } from "./get-workspace.ts";
import { hangUpCall } from "./hang-up-call.ts";
import { listApiKeys } from "./list-api-keys.ts";
import { listCallNotes } from "./list-call-notes.ts";
import { listCallNotices } from "./list-call-notices.ts";
import { listCallRecordings } from "./list-call-recordings.ts";
import { listCallScreenshots } from "./list-call-screenshots.ts";
import { listCalls } from "./list-calls.ts";
import { listExports } from "./list-exports.ts";
import { listHolds } from "./list-holds.ts";
import { listImports } from "./list-imports.ts";
import { listInvitations } from "./list-invitations.ts";
import { listJobs } from "./list-jobs.ts";
import { listMembers } from "./list-members.ts";
import { listNobodysNotices } from "./list-nobodys-notices.ts";
import { listNumbers } from "./list-numbers.ts";
import { listSessions } from "./list-sessions.ts";
import { listTrash } from "./list-trash.ts";
import { makeExport } from "./make-export.ts";
import { openUnsubscribe } from "./open-unsubscribe.ts";
import { placeCall } from "./place-call.ts";
import { placeHold } from "./place-hold.ts";
import { previewInvitation } from "./preview-invitation.ts";
import { refreshTokens } from "./refresh-tokens.ts";
import { releaseHold } from "./release-hold.ts";
import { removeCallNote } from "./remove-call-note.ts";
import { removeMember } from "./remove-member.ts";
import { restoreCall } from "./restore-call.ts";
import { retryRecording } from "./retry-recording.ts";
import { retryTranscript } from "./retry-transcript.ts";
import { revokeApiKey } from "./revoke-api-key.ts";
import { revokeInvitation } from "./revoke-invitation.ts";
import { revokeTokens } from "./revoke-tokens.ts";
import { runCron } from "./run-cron.ts";
import { runJobsAgain } from "./run-jobs-again.ts";
import { searchCalls } from "./search-calls.ts";
import { sendContact } from "./send-contact.ts";
import { sendDeadMessagesAgain } from "./send-dead-messages-again.ts";
import { startImport } from "./start-import.ts";
import { steerCall } from "./steer-call.ts";
import { switchWorkspace } from "./switch-workspace.ts";
import { syncNumbers } from "./sync-numbers.ts";
import { transferOwnership } from "./transfer-ownership.ts";
import { unlinkAccount } from "./unlink-account.ts";
import { unsubscribe } from "./unsubscribe.ts";
import { updateMe } from "./update-me.ts";
import { updateMember } from "./update-member.ts";
import { updateNumber } from "./update-number.ts";
import { updateWorkspace } from "./update-workspace.ts";

/** Every route below `/v1`, in the order of the documentation. */
export const routes: readonly Route[] = [
  listCalls,
  searchCalls,
  placeCall,
  getCall,
  deleteCall,
  restoreCall,
  listTrash,
  hangUpCall,
  steerCall,
  getCallCoverage,
  listCallNotes,
  addCallNote,
  removeCallNote,
  getCallTranscript,
  retryTranscript,
  listCallRecordings,
  getRecordingAudio,
  getRecordingPeaks,
  retryRecording,
  listCallScreenshots,
  getCallScreenshot,
  announceUpload,
  completeUpload,
  getUpload,
  createLiveToken,
  listNumbers,
  syncNumbers,
  updateNumber,
  getMe,
  updateMe,
  unlinkAccount,
  switchWorkspace,
  listSessions,
  endSessions,
  endSession,
  getWorkspace,
  updateWorkspace,
  getRetentionPreview,
  listHolds,
  placeHold,
  releaseHold,
  getUsage,
  createWorkspace,
  transferOwnership,
  listMembers,
  updateMember,
  removeMember,
  getUserAvatar,
  listInvitations,
  createInvitation,
  revokeInvitation,
  previewInvitation,
  acceptInvitation,
  openUnsubscribe,
  unsubscribe,
  getContactForm,
  sendContact,
  getContactStatus,
  listApiKeys,
  createApiKey,
  revokeApiKey,
  exchangeKey,
  refreshTokens,
  revokeTokens,
  makeExport,
  listExports,
  getExport,
  cancelExport,
  downloadExport,
  startImport,
  listImports,
  getImport,
  getAudit,
  exportAudit,
  getChecks,
  listJobs,
  getJob,
  cancelJob,
  runJobsAgain,
  dismissJobs,
  getOps,
  sendDeadMessagesAgain,
  dismissDeadMessages,
  listCallNotices,
  applyNoticeAgain,
  listNobodysNotices,
  applyNobodysNoticeAgain,
  runCron,
];
