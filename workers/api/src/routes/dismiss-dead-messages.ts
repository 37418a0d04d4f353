import { dismissDeadMessages as act } from "@earwitness/core";
import { PickDeadMessages, PickedJobs } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";

export const dismissDeadMessages = route({
  method: "post",
  path: "/dead-messages/dismiss",
  operationId: "dismissDeadMessages",
  tag: "Operations",
  summary: "Leave messages as they are that queues gave up",
  description:
    "By their ids, or all of one queue and reason, where `until` is given those that were given up by then. The audit log names up to 100 of them. They can still be sent again by their ids, and are no longer counted among what is to be looked at.",
  may: "ops:act",
  request: { body: PickDeadMessages },
  returns: { 200: PickedJobs },
  handle: async ({ ctx, input: { body } }) => ok({ changed: await act(ctx, body) }),
});
