import { readScreenshot } from "@earwitness/db";
import { CallId, UploadId } from "@earwitness/shared";
import { z } from "zod";
import { pictureResponse } from "../http/picture-response.ts";
import { route } from "../http/route.ts";

export const getCallScreenshot = route({
  method: "get",
  path: "/calls/{callId}/screenshots/{uploadId}",
  operationId: "getCallScreenshot",
  tag: "Calls",
  summary: "A picture attached to a call",
  description: "As it was uploaded, with everything that is written in it.",
  may: "calls:read",
  request: { path: z.object({ callId: CallId, uploadId: UploadId }) },
  returns: { 200: { mediaType: "image/*" }, 304: "nothing" },
  handle: async ({ ctx, services, raw, input: { path } }) => {
    const picture = await services.database.read(ctx.actor, (scope) =>
      readScreenshot(scope, path.callId, path.uploadId),
    );
    return pictureResponse(raw, picture, services.env.RECORDINGS);
  },
});
