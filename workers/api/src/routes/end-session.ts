import { endOwnSession } from "@earwitness/core";
import { SessionId } from "@earwitness/shared";
import { z } from "zod";
import { endSessionCookie } from "../auth/cookie.ts";
import { route } from "../http/route.ts";

export const endSession = route({
  method: "delete",
  path: "/sessions/{sessionId}",
  operationId: "endSession",
  tag: "Workspace",
  summary: "Sign out in one browser",
  description: "The next request from there is refused, and its live sockets are closed.",
  may: "signed-in",
  request: { path: z.object({ sessionId: SessionId }) },
  returns: { 204: "nothing" },
  handle: async ({ ctx, services, input: { path } }) => {
    const system = services.contextOf({ kind: "system", reason: "sign out" });
    services.closeSockets(await endOwnSession(system, ctx.actor, path.sessionId));
    if (path.sessionId === ctx.actor.sessionId) endSessionCookie(services);
    return { status: 204 as const };
  },
});
