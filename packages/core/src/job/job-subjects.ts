import { cancelExport, failExport, writeExportAgain } from "../export/export-subject.ts";
import { cancelImport, failImport, goOnWithImport } from "../import/import-subject.ts";
import { rejectMail, requeueMail } from "../mail/send-mail.ts";
import { failRecording } from "../recording/fail-recording.ts";
import { reopenRecording } from "../recording/reopen-recording.ts";
import { failTranscript, failTranscriptRequest } from "../transcript/fail-transcript.ts";
import { awaitTranscriptAgain, requestTranscriptAgain } from "../transcript/reopen-transcript.ts";
import { checkUploadAgain, giveUpUpload } from "../upload/refuse-upload.ts";
import { cancelledFailure } from "./cancelled-failure.ts";
import { JOB_CATALOGUE, type JobPayload } from "./job.ts";
import { type JobSubject, type JobSubjects, jobSubject } from "./job-subject.ts";

const STORING: JobSubject<JobPayload<"recording.store">> = {
  giveUp: (ctx, tx, { recordingId }, failure) => failRecording(ctx, tx, recordingId, failure),
  cancelled: (ctx, tx, { recordingId }) => failRecording(ctx, tx, recordingId, cancelledFailure(ctx)),
  async runAgain(_ctx, tx, { recordingId }) {
    await reopenRecording(tx, recordingId);
  },
};

/** What each kind of job is for, and how that hears what became of its job. */
export const JOB_SUBJECTS: JobSubjects = {
  "recording.store": jobSubject(JOB_CATALOGUE["recording.store"], STORING),
  "recording.store_own": jobSubject(JOB_CATALOGUE["recording.store_own"], STORING),
  // The recording is ours already; nobody waits for the carrier's copy to go.
  "recording.delete_carrier_copy": jobSubject(JOB_CATALOGUE["recording.delete_carrier_copy"], {}),
  "transcript.request": jobSubject(JOB_CATALOGUE["transcript.request"], {
    giveUp: (_ctx, tx, { transcriptId }, failure) => failTranscriptRequest(tx, transcriptId, failure),
    cancelled: (ctx, tx, { transcriptId }) => failTranscriptRequest(tx, transcriptId, cancelledFailure(ctx)),
    runAgain: (_ctx, tx, { transcriptId }) => requestTranscriptAgain(tx, transcriptId),
  }),
  "transcript.collect": jobSubject(JOB_CATALOGUE["transcript.collect"], {
    giveUp: (_ctx, tx, { transcriptId }, failure) => failTranscript(tx, transcriptId, failure),
    cancelled: (ctx, tx, { transcriptId }) => failTranscript(tx, transcriptId, cancelledFailure(ctx)),
    runAgain: (_ctx, tx, { transcriptId, vendorTranscriptionId }) =>
      awaitTranscriptAgain(tx, transcriptId, vendorTranscriptionId),
  }),
  "mail.send": jobSubject(JOB_CATALOGUE["mail.send"], {
    giveUp: (ctx, tx, { mailId }, failure) => rejectMail(ctx, tx, mailId, failure),
    cancelled: (ctx, tx, { mailId }) => rejectMail(ctx, tx, mailId, cancelledFailure(ctx)),
    runAgain: (_ctx, tx, { mailId }) => requeueMail(tx, mailId),
  }),
  "upload.check": jobSubject(JOB_CATALOGUE["upload.check"], {
    giveUp: (ctx, tx, { uploadId }, failure) => giveUpUpload(ctx, tx, uploadId, failure),
    cancelled: (ctx, tx, { uploadId }) => giveUpUpload(ctx, tx, uploadId, cancelledFailure(ctx)),
    runAgain: (_ctx, tx, { uploadId }) => checkUploadAgain(tx, uploadId),
  }),
  "digest.make": jobSubject(JOB_CATALOGUE["digest.make"], {}),
  "call.purge_objects": jobSubject(JOB_CATALOGUE["call.purge_objects"], {}),
  "export.write": jobSubject(JOB_CATALOGUE["export.write"], {
    giveUp: (ctx, tx, { exportId }, failure) => failExport(ctx, tx, exportId, failure),
    cancelled: (ctx, tx, { exportId }) => cancelExport(ctx, tx, exportId),
    runAgain: (_ctx, tx, { exportId }) => writeExportAgain(tx, exportId),
  }),
  "import.take": jobSubject(JOB_CATALOGUE["import.take"], {
    giveUp: (ctx, tx, { importId }, failure) => failImport(ctx, tx, importId, failure),
    cancelled: (ctx, tx, { importId }) => cancelImport(ctx, tx, importId),
    runAgain: (ctx, tx, { importId }) => goOnWithImport(ctx, tx, importId),
  }),
  "numbers.sync": jobSubject(JOB_CATALOGUE["numbers.sync"], {}),
  "cron.run": jobSubject(JOB_CATALOGUE["cron.run"], {}),
};
