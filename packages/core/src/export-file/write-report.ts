import { EarwitnessError, type RecordingView } from "@earwitness/shared";
import { readChecksum } from "../checksum/read-checksum.ts";
import type { Context, SystemActor } from "../context.ts";
import { CallOfExport } from "../export/call-of-export.ts";
import { exportFileName, exportKey, exportType } from "../export/export-keys.ts";
import type { JobStep } from "../job/job-handler.ts";
import type { CallReport } from "../ports/export-source.ts";
import type { StoredPart } from "../ports/export-store.ts";
import type { ExportRecord } from "../ports/repositories/index.ts";
import type { WrittenFile } from "./finish-export.ts";
import { PART_BYTES } from "./part-buffer.ts";
import { renderReport } from "./pdf/render-report.ts";
import { reportJsonl } from "./report/report-jsonl.ts";
import { srtOf } from "./report/srt.ts";
import { vconOf } from "./report/vcon.ts";
import { vttOf } from "./report/vtt.ts";
import type { WriteExportPorts } from "./write-export.ts";

/** Writes what is told of one call, all of it at once: a call of ten hours makes a few megabytes. */
export async function writeReport(
  ctx: Context<SystemActor>,
  ports: WriteExportPorts,
  wish: ExportRecord,
  step: JobStep,
): Promise<WrittenFile> {
  const { callId } = CallOfExport.parse(wish.filter);
  const report = await ports.exportSource.report(wish.workspaceId, callId);
  await step.progress(0, 1, "files");
  const bytes = await bytesOf(ctx, ports, wish, report, step);
  await step.checkCancelled();
  const store = ports.exportStore;
  const options = { contentType: exportType(wish.format), fileName: exportFileName(wish) };
  const upload = await store.beginParts(exportKey(wish), options);
  const parts: StoredPart[] = [];
  for (let start = 0; start === 0 || start < bytes.length; start += PART_BYTES) {
    parts.push(await store.putPart(upload, parts.length + 1, bytes.subarray(start, start + PART_BYTES)));
  }
  await store.completeParts(upload, parts);
  return { key: upload.key, rowCount: report.transcript?.utterances.length ?? 0, known: wish.progress };
}

async function bytesOf(
  ctx: Context<SystemActor>,
  ports: WriteExportPorts,
  { format }: ExportRecord,
  report: CallReport,
  step: JobStep,
): Promise<Uint8Array> {
  const text = (written: string) => new TextEncoder().encode(written);
  switch (format) {
    case "pdf":
      // The setting itself waits for nothing. This does, for the record: meanwhile the lease is renewed, and the time limit may fire.
      return renderReport(report, ports.fonts, ctx.clock.now(), () => step.checkCancelled());
    case "srt":
      return text(srtOf(report));
    case "vtt":
      return text(vttOf(report));
    case "jsonl":
      return text(reportJsonl(report));
    case "vcon":
      return text(vconOf(report, { apiOrigin: ports.apiOrigin, sha512: await digestsOf(ports, report, step.signal) }));
    case "csv":
      throw new EarwitnessError("invalid_request", "A call's report is no table.");
  }
}

/** Recordings are kept with their SHA-256; a vCon wants SHA-512, so each is read once more. */
async function digestsOf(
  { exportStore, newSha512 }: WriteExportPorts,
  { call }: CallReport,
  signal: AbortSignal,
): Promise<Map<RecordingView["id"], string>> {
  const digests = new Map<RecordingView["id"], string>();
  for (const { id, state, r2Key } of call.recordings) {
    const body = state === "stored" && r2Key !== null ? await exportStore.read(r2Key) : null;
    if (body === null) continue;
    digests.set(id, (await readChecksum(body, newSha512(), signal)).checksum);
  }
  return digests;
}
