import { readAvatar } from "@earwitness/db";
import { UserId } from "@earwitness/shared";
import { z } from "zod";
import { pictureResponse } from "../http/picture-response.ts";
import { route } from "../http/route.ts";

export const getUserAvatar = route({
  method: "get",
  path: "/users/{userId}/avatar",
  operationId: "getUserAvatar",
  tag: "Workspace",
  summary: "The picture of somebody in the workspace",
  description: "As it was uploaded. 404 for who is not in the workspace, and for who has none.",
  may: "members:read",
  request: {
    path: z.object({ userId: UserId }),
    query: z.object({ v: z.string().max(64).optional().describe("Which one: a new picture has a new address") }),
  },
  returns: { 200: { mediaType: "image/*" }, 304: "nothing" },
  handle: async ({ ctx, services, raw, input: { path } }) => {
    const picture = await services.database.read(ctx.actor, (scope) => readAvatar(scope, ctx.actor, path.userId));
    return pictureResponse(raw, picture, services.env.RECORDINGS);
  },
});
