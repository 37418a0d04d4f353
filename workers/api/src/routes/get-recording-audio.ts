import { readStoredAudio } from "@earwitness/db";
import { RecordingId } from "@earwitness/shared";
import { z } from "zod";
import { audioResponse } from "../http/audio-response.ts";
import { route } from "../http/route.ts";

export const getRecordingAudio = route({
  method: "get",
  path: "/recordings/{recordingId}/audio",
  operationId: "getRecordingAudio",
  tag: "Recordings",
  summary: "The audio of a recording",
  description:
    "As it was stored: WAV, the caller and our side on two channels. Any part by `Range`, unchanged by `If-None-Match`.",
  may: "calls:read",
  request: { path: z.object({ recordingId: RecordingId }) },
  returns: { 200: { mediaType: "audio/wav" }, 206: { mediaType: "audio/wav" }, 304: "nothing" },
  handle: async ({ ctx, services, raw, input: { path } }) => {
    const audio = await services.database.read(ctx.actor, (scope) => readStoredAudio(scope, path.recordingId));
    return audioResponse(raw, audio, services.env.RECORDINGS);
  },
});
