import { readUpload } from "@earwitness/db";
import { UploadId, UploadView } from "@earwitness/shared";
import { z } from "zod";
import { ok, route } from "../http/route.ts";

export const getUpload = route({
  method: "get",
  path: "/uploads/{uploadId}",
  operationId: "getUpload",
  tag: "Recordings",
  summary: "What became of an upload of one's own",
  description:
    "Of the person who announced it, or of the workspace's keys; to everybody else it is not there. Once a recording is `accepted`, `callId` is the call that it became; `refused` says why.",
  may: "uploads:write",
  request: { path: z.object({ uploadId: UploadId }) },
  returns: { 200: UploadView },
  handle: async ({ ctx, services, input: { path } }) =>
    ok(await services.database.read(ctx.actor, (scope) => readUpload(scope, ctx.actor, path.uploadId))),
});
