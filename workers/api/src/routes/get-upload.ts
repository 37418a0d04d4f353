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
  may: "uploads:write",
  request: { path: z.object({ uploadId: UploadId }) },
  returns: { 200: UploadView },
  handle: async ({ ctx, services, input: { path } }) =>
    ok(await services.database.read(ctx.actor, (scope) => readUpload(scope, ctx.actor, path.uploadId))),
});
