import { deleteCall as putIntoTrash } from "@earwitness/core";
import { CallId } from "@earwitness/shared";
import { z } from "zod";
import { route } from "../http/route.ts";

export const deleteCall = route({
  method: "delete",
  path: "/calls/{callId}",
  operationId: "deleteCall",
  tag: "Calls",
  summary: "Put a call into the trash",
  description:
    "From then on it is in no list, search, export or count, and answers 404 everywhere but in the trash, from which it can be restored for 30 days. A call on the line answers 409, and so does one that a legal hold keeps.",
  may: "calls:delete",
  request: { path: z.object({ callId: CallId }) },
  returns: { 204: "nothing" },
  handle: async ({ ctx, services, input: { path } }) => {
    await putIntoTrash(ctx, path.callId);
    services.kickOutbox();
    return { status: 204 as const };
  },
});
