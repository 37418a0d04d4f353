import { dismissDeadMessage as dismiss } from "@earwitness/core";
import { DeadMessageId } from "@earwitness/shared";
import { z } from "zod";
import { route } from "../http/route.ts";

export const dismissDeadMessage = route({
  method: "post",
  path: "/dead-messages/{messageId}/dismiss",
  operationId: "dismissDeadMessage",
  tag: "Operations",
  summary: "Leave a message as it is that a queue gave up",
  may: "ops:act",
  request: { path: z.object({ messageId: DeadMessageId }) },
  returns: { 204: "nothing" },
  handle: async ({ ctx, input: { path } }) => {
    await dismiss(ctx, path.messageId);
    return { status: 204 as const };
  },
});
