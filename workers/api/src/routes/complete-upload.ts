import { completeUpload as complete } from "@earwitness/core";
import { readUpload } from "@earwitness/db";
import { CompleteUpload, UploadId, UploadView } from "@earwitness/shared";
import { z } from "zod";
import { ok, reply, route } from "../http/route.ts";

export const completeUpload = route({
  method: "post",
  path: "/uploads/{uploadId}/complete",
  operationId: "completeUpload",
  tag: "Recordings",
  summary: "Say what a file is that was put",
  description:
    "The file is compared with what was announced, and taken over or refused with the reason: a picture before this is answered, a recording afterwards (202, with the `jobId`; ask for the upload again). Posted twice, it is done once. A recording becomes a call that is over, with a transcript as of any other.",
  may: "uploads:write",
  request: { path: z.object({ uploadId: UploadId }), body: CompleteUpload },
  returns: { 200: UploadView, 202: UploadView },
  handle: async ({ ctx, services, input: { path, body } }) => {
    await complete(ctx, services.files, path.uploadId, body);
    services.kickOutbox();
    const view = await services.database.read(ctx.actor, (scope) => readUpload(scope, ctx.actor, path.uploadId));
    return view.state === "checking" ? reply(202, view) : ok(view);
  },
});
