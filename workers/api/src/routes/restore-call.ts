import { restoreCall as takeOutOfTrash } from "@earwitness/core";
import { CallId } from "@earwitness/shared";
import { z } from "zod";
import { route } from "../http/route.ts";

export const restoreCall = route({
  method: "post",
  path: "/calls/{callId}/restore",
  operationId: "restoreCall",
  tag: "Calls",
  summary: "Take a call out of the trash",
  description: "It is where it was before. A call that is not in the trash, or not any more, answers 404.",
  may: "calls:delete",
  request: { path: z.object({ callId: CallId }) },
  returns: { 204: "nothing" },
  handle: async ({ ctx, services, input: { path } }) => {
    await takeOutOfTrash(ctx, path.callId);
    services.kickOutbox();
    return { status: 204 as const };
  },
});
