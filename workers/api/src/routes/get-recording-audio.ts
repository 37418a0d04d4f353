import { readStoredAudio, type StoredAudio } from "@earwitness/db";
import { RecordingId } from "@earwitness/shared";
import { z } from "zod";
import { audioResponse } from "../http/audio-response.ts";
import { logServing } from "../http/log-serving.ts";
import { route } from "../http/route.ts";

export const getRecordingAudio = route({
  method: "get",
  path: "/recordings/{recordingId}/audio",
  operationId: "getRecordingAudio",
  tag: "Recordings",
  summary: "The audio of a recording",
  description:
    "As it was stored: of a call, WAV with the caller and our side on two channels; of an upload, the WAV or MP3 that came. Any part by `Range`, unchanged by `If-None-Match`. The audit log says who was handed which seconds; with `download=1`, that they were taken as a file.",
  may: "calls:read",
  request: {
    path: z.object({ recordingId: RecordingId }),
    query: z.strictObject({ download: z.literal("1").optional().describe("As a file to keep") }),
  },
  returns: { 200: { mediaType: "audio/*" }, 206: { mediaType: "audio/*" }, 304: "nothing" },
  handle: async ({ ctx, services, raw, input: { path, query } }) => {
    const audio = await services.database.read(ctx.actor, (scope) => readStoredAudio(scope, path.recordingId));
    const bucket = services.env.RECORDINGS;
    const isDownload = query.download !== undefined;
    return audioResponse(raw, audio, {
      bucket,
      fileName: isDownload ? fileNameOf(audio) : null,
      onHandingOut: (part) =>
        logServing(ctx, isDownload ? "recording.downloaded" : "recording.served", { bucket, audio, part }),
    });
  },
});

/** Sorts by time in a folder, and leads back to the record: `2026-11-20T10-05-00Z_rec_01….wav`. */
function fileNameOf({ recordingId, recordedAt, contentType }: StoredAudio): string {
  const at = `${recordedAt.toISOString().slice(0, 19).replaceAll(":", "-")}Z`;
  const extension = contentType === "audio/mpeg" ? "mp3" : "wav";
  return `${at}_${recordingId}.${extension}`;
}
