import { readPeaksKey } from "@earwitness/db";
import { notFound, PeaksView, RecordingId } from "@earwitness/shared";
import { z } from "zod";
import { STORED_CACHE_CONTROL } from "../http/audio-response.ts";
import { ok, route } from "../http/route.ts";

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
    const key = await services.database.read(ctx.actor, (scope) => readPeaksKey(scope, path.recordingId));
    const stored = await services.env.RECORDINGS.get(key);
    if (stored === null) throw notFound("The recording's loudness");
    // It was stored as the view that it is, and like the audio it never changes.
    return { ...ok(PeaksView.parse(await stored.json())), headers: { "cache-control": STORED_CACHE_CONTROL } };
  },
});
