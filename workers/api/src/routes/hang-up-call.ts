import { hangUp } from "@earwitness/core";
import { CallId, CommandTaken } from "@earwitness/shared";
import { z } from "zod";
import { reply, route } from "../http/route.ts";

export const hangUpCall = route({
  method: "post",
  path: "/calls/{callId}/hangup",
  operationId: "hangUpCall",
  tag: "Calls",
  summary: "End a call",
  description: "Asked twice, it happens once. A call that has ended answers 409.",
  may: "calls:hangup",
  request: { path: z.object({ callId: CallId }) },
  returns: { 202: CommandTaken },
  handle: async ({ ctx, services, input: { path } }) => reply(202, await hangUp(ctx, services.rooms, path.callId)),
});
