import { placeCall as place } from "@earwitness/core";
import { PlaceCall, PlacedCall } from "@earwitness/shared";
import { z } from "zod";
import { IdempotencyKey } from "../http/idempotency-key.ts";
import { reply, route } from "../http/route.ts";

export const placeCall = route({
  method: "post",
  path: "/calls",
  operationId: "placeCall",
  tag: "Calls",
  summary: "Ring a phone from one of the workspace's numbers",
  description:
    "Answered as soon as the call's room has taken it; follow it by its id. With an `Idempotency-Key` the same request within a day is the same call, whatever became of the first answer.",
  may: "calls:place",
  request: { body: PlaceCall.strict(), header: z.object({ "idempotency-key": IdempotencyKey.optional() }) },
  returns: { 202: PlacedCall },
  handle: async ({ ctx, services, input: { body, header } }) =>
    reply(202, await place(ctx, services.rooms, body, header["idempotency-key"] ?? null)),
});
