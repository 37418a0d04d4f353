import { cancelExport, failExport, writeExportAgain } from "../export/export-subject.ts";
import { cancelImport, failImport, goOnWithImport } from "../import/import-subject.ts";
import { rejectMail, requeueMail } from "../mail/send-mail.ts";
import { failRecording } from "../recording/fail-recording.ts";
import { failTranscript } from "../transcript/fail-transcript.ts";
import { giveUpUpload } from "../upload/refuse-upload.ts";
import { JOB_CATALOGUE } from "./job.ts";
import { type JobSubjects, jobSubject } from "./job-subject.ts";

/** What each kind of job is for, and how that hears what became of its job. */
export const JOB_SUBJECTS: JobSubjects = {
  "recording.store": jobSubject(JOB_CATALOGUE["recording.store"], {
    giveUp: (ctx, tx, { recordingId }, failure) => failRecording(ctx, tx, recordingId, failure),
  }),
  // The recording is ours already; nobody waits for the carrier's copy to go.
  "recording.delete_carrier_copy": jobSubject(JOB_CATALOGUE["recording.delete_carrier_copy"], {}),
  "transcript.request": jobSubject(JOB_CATALOGUE["transcript.request"], {
    giveUp: (_ctx, tx, { transcriptId }, failure) => failTranscript(tx, transcriptId, failure),
  }),
  "transcript.collect": jobSubject(JOB_CATALOGUE["transcript.collect"], {
    giveUp: (_ctx, tx, { transcriptId }, failure) => failTranscript(tx, transcriptId, failure),
  }),
  "mail.send": jobSubject(JOB_CATALOGUE["mail.send"], {
    giveUp: (ctx, tx, { mailId }, failure) => rejectMail(ctx, tx, mailId, failure),
    runAgain: (_ctx, tx, { mailId }) => requeueMail(tx, mailId),
  }),
  "upload.check": jobSubject(JOB_CATALOGUE["upload.check"], {
    giveUp: (ctx, tx, { uploadId }, failure) => giveUpUpload(ctx, tx, uploadId, failure),
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
    runAgain: (_ctx, tx, { importId }) => goOnWithImport(tx, importId),
  }),
  "numbers.sync": jobSubject(JOB_CATALOGUE["numbers.sync"], {}),
  "cron.run": jobSubject(JOB_CATALOGUE["cron.run"], {}),
};
