import { asPerson, placeHold as place } from "@earwitness/core";
import { readHold } from "@earwitness/db";
import { HoldView, PlaceHold } from "@earwitness/shared";
import { reply, route } from "../http/route.ts";

export const placeHold = route({
  method: "post",
  path: "/holds",
  operationId: "placeHold",
  tag: "Workspace",
  summary: "Keep a call, or everything, from being deleted",
  description:
    "A legal hold on a call, or with `callId: null` on the whole workspace, stops deletion by hand, the trash, retention and the deletion of the carrier's copy, until it is released. What was purged before does not come back.",
  may: "holds:manage",
  request: { body: PlaceHold },
  returns: { 201: HoldView },
  handle: async ({ ctx, services, input: { body } }) => {
    const id = await place(asPerson(ctx), body);
    services.kickOutbox();
    return reply(201, await services.database.read(ctx.actor, (scope) => readHold(scope, ctx.actor, id)));
  },
});
