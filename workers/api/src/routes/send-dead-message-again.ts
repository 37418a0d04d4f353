import { sendDeadMessageAgain as send } from "@earwitness/core";
import { DeadMessageId } from "@earwitness/shared";
import { z } from "zod";
import { route } from "../http/route.ts";

export const sendDeadMessageAgain = route({
  method: "post",
  path: "/dead-messages/{messageId}/send-again",
  operationId: "sendDeadMessageAgain",
  tag: "Operations",
  summary: "Send a message again that a queue gave up",
  description:
    "To the queue that it was on. Whoever takes it finds done what is done. One that was sent again before answers 409, one that nobody could do anything with 422.",
  may: "ops:act",
  request: { path: z.object({ messageId: DeadMessageId }) },
  returns: { 204: "nothing" },
  handle: async ({ ctx, services, input: { path } }) => {
    await send(ctx, (queue, body) => services.env.JOBS.resend(queue, body), path.messageId);
    return { status: 204 as const };
  },
});
