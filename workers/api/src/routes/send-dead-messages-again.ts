import { sendDeadMessagesAgain as act } from "@earwitness/core";
import { DeadMessagesSent, PickDeadMessages } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";

export const sendDeadMessagesAgain = route({
  method: "post",
  path: "/dead-messages/send-again",
  operationId: "sendDeadMessagesAgain",
  tag: "Operations",
  summary: "Send messages again that queues gave up",
  description:
    "By their ids, or all of one queue and reason that nobody has dealt with; the oldest 100 at most, ask again for more. Each goes to the queue that it was on, where whoever takes it finds done what is done. Those that were sent again before are left alone; those that nobody could do anything with are named with the reason, and keep no other of these from being sent; they stay the oldest, so dismiss them before you ask for more.",
  may: "ops:act",
  request: { body: PickDeadMessages },
  returns: { 200: DeadMessagesSent },
  handle: async ({ ctx, services, input: { body } }) =>
    ok(await act(ctx, (queue, message) => services.env.JOBS.resend(queue, message), body)),
});
