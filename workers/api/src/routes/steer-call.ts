import { steerCall as steer } from "@earwitness/core";
import { namesOf } from "@earwitness/db";
import { CallId, SteerCall, SteerTaken } from "@earwitness/shared";
import { z } from "zod";
import { IdempotencyKey } from "../http/idempotency-key.ts";
import { reply, route } from "../http/route.ts";

export const steerCall = route({
  method: "post",
  path: "/calls/{callId}/actions",
  operationId: "steerCall",
  tag: "Calls",
  summary: "Steer a call that is on the line",
  description:
    "Hold, mute, transfer, send keys, pause the recording, play a sound. Each wish happens once, however many ask for it: `already` says whose it was. The same `Idempotency-Key` again gets the first answer again. A call that does not stand so that it can be done answers 409, with a sentence.",
  may: "calls:steer",
  request: {
    path: z.object({ callId: CallId }),
    header: z.object({ "idempotency-key": IdempotencyKey }),
    body: SteerCall,
  },
  returns: { 202: SteerTaken },
  handle: async ({ ctx, services, input: { path, header, body } }) => {
    const taken = await steer(ctx, services.rooms, path.callId, body, header["idempotency-key"]);
    const names = await services.database.read(ctx.actor, (scope) => namesOf(scope, ctx.actor, [taken.by]));
    return reply(202, { ...taken, byName: names.get(taken.by) ?? null });
  },
});
