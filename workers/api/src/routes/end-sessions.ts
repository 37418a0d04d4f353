import { endOwnSessions } from "@earwitness/core";
import { z } from "zod";
import { endSessionCookie } from "../auth/cookie.ts";
import { route } from "../http/route.ts";

export const endSessions = route({
  method: "delete",
  path: "/sessions",
  operationId: "endSessions",
  tag: "Workspace",
  summary: "Sign out in all other browsers, or everywhere",
  description:
    "The next request from there is refused, and live sockets are closed. Where there is no other, nothing changes.",
  may: "signed-in",
  request: {
    query: z.object({
      include: z.enum(["current"]).optional().describe("With `current`, this browser is signed out as well"),
    }),
  },
  returns: { 204: "nothing" },
  handle: async ({ ctx, services, input: { query } }) => {
    const keepCurrent = query.include !== "current";
    const system = services.contextOf({ kind: "system", reason: "sign out" });
    services.closeSockets(await endOwnSessions(system, ctx.actor, { keepCurrent }));
    if (!keepCurrent) endSessionCookie(services);
    return { status: 204 as const };
  },
});
