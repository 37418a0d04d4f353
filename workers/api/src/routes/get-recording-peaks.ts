import { readPeaks } from "@earwitness/db";
import { notFound, PeaksView, RecordingId } from "@earwitness/shared";
import { z } from "zod";
import { ok, route } from "../http/route.ts";

/** Loudness as it was stored beside the audio. */
const StoredPeaks = PeaksView.pick({ windowMs: true, peaks: true });

export const getRecordingPeaks = route({
  method: "get",
  path: "/recordings/{recordingId}/peaks",
  operationId: "getRecordingPeaks",
  tag: "Recordings",
  summary: "How loud a recording is, for drawing it",
  may: "calls:read",
  request: { path: z.object({ recordingId: RecordingId }) },
  returns: { 200: PeaksView },
  handle: async ({ ctx, services, input: { path } }) => {
    const { key, durationMs } = await services.database.read(ctx.actor, (scope) => readPeaks(scope, path.recordingId));
    const stored = await services.env.RECORDINGS.get(key);
    if (stored === null) throw notFound("The recording's loudness");
    const { windowMs, peaks } = StoredPeaks.parse(await stored.json());
    return ok({ recordingId: path.recordingId, windowMs, durationMs, peaks });
  },
});
