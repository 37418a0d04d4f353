import {
  checkUpload,
  claimCarrierNumbers,
  collectTranscript,
  deleteCarrierCopy,
  JOB_CATALOGUE,
  type JobHandlers,
  jobHandler,
  makeDigest,
  purgeObjects,
  requestTranscript,
  sendMail,
  storeRecording,
} from "@earwitness/core";
import { type WriteExportPorts, writeExport } from "@earwitness/core/export-file";
import { takeImport } from "@earwitness/core/import-table";
import type { CronName } from "@earwitness/shared";
import type { VendorPorts } from "../vendor-ports.ts";

/** What jobs may use: the vendors, the storage, and what files are written from and with. */
export type JobPorts = VendorPorts & WriteExportPorts;

/** Runs a scheduled work besides its schedule. */
export type RunCron = (name: CronName, requestedBy: string) => Promise<void>;

/** Each kind of job with the verb that does it. */
export function jobHandlers(ports: JobPorts, runCron: RunCron): JobHandlers {
  return {
    "recording.store": jobHandler(JOB_CATALOGUE["recording.store"], {
      run: (ctx, { recordingId }, step) => storeRecording(ctx, ports, recordingId, step),
    }),
    "recording.store_own": jobHandler(JOB_CATALOGUE["recording.store_own"], {
      run: (ctx, { recordingId }, step) => storeRecording(ctx, ports, recordingId, step),
    }),
    "recording.delete_carrier_copy": jobHandler(JOB_CATALOGUE["recording.delete_carrier_copy"], {
      run: (ctx, { recordingId }) => deleteCarrierCopy(ctx, ports.records, recordingId),
    }),
    "transcript.request": jobHandler(JOB_CATALOGUE["transcript.request"], {
      run: (ctx, { transcriptId }) => requestTranscript(ctx, ports, transcriptId),
    }),
    "transcript.collect": jobHandler(JOB_CATALOGUE["transcript.collect"], {
      run: (ctx, { transcriptId, vendorTranscriptionId }) =>
        collectTranscript(ctx, ports.transcriber, transcriptId, vendorTranscriptionId),
    }),
    "mail.send": jobHandler(JOB_CATALOGUE["mail.send"], {
      run: (ctx, { mailId }) => sendMail(ctx, ports, mailId),
    }),
    "upload.check": jobHandler(JOB_CATALOGUE["upload.check"], {
      run: (ctx, { uploadId }, step) => checkUpload(ctx, ports, uploadId, step),
    }),
    "call.purge_objects": jobHandler(JOB_CATALOGUE["call.purge_objects"], {
      run: (ctx, { callId }) => purgeObjects(ctx, ports.store, callId),
    }),
    "export.write": jobHandler(JOB_CATALOGUE["export.write"], {
      run: (ctx, { exportId }, step) => writeExport(ctx, ports, exportId, step),
    }),
    "digest.make": jobHandler(JOB_CATALOGUE["digest.make"], { run: makeDigest }),
    "import.take": jobHandler(JOB_CATALOGUE["import.take"], {
      run: (ctx, { importId }, step) => takeImport(ctx, ports, importId, step),
    }),
    "numbers.sync": jobHandler(JOB_CATALOGUE["numbers.sync"], {
      run: async (ctx, { workspaceId }) => {
        await claimCarrierNumbers(ctx, ports.records, workspaceId);
      },
    }),
    "cron.run": jobHandler(JOB_CATALOGUE["cron.run"], {
      run: (_ctx, { name, requestedBy }) => runCron(name, requestedBy),
    }),
  };
}
