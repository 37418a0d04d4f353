import { asPerson, removeMember as remove } from "@earwitness/core";
import { UserId } from "@earwitness/shared";
import { z } from "zod";
import { route } from "../http/route.ts";

export const removeMember = route({
  method: "delete",
  path: "/members/{userId}",
  operationId: "removeMember",
  tag: "Workspace",
  summary: "Remove somebody from the workspace, or leave it",
  description:
    "Everybody may leave, by their own id; to remove others takes who may manage members, and an owner to remove an owner. The last owner cannot go: 409. What the person did stays.",
  may: "me:change",
  request: { path: z.object({ userId: UserId }) },
  returns: { 204: "nothing" },
  handle: async ({ ctx, services, input: { path } }) => {
    services.renewSockets(await remove(asPerson(ctx), path.userId));
    return { status: 204 as const };
  },
});
