import { switchWorkspace as choose } from "@earwitness/core";
import { MeView, SwitchWorkspace } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";
import { meOf } from "../me.ts";

export const switchWorkspace = route({
  method: "post",
  path: "/me/workspace",
  operationId: "switchWorkspace",
  tag: "Workspace",
  summary: "Work in another of one's workspaces, in this browser",
  description: "Holds for every tab of the browser; its live sockets elsewhere are closed.",
  may: "signed-in",
  request: { body: SwitchWorkspace.strict() },
  returns: { 200: MeView },
  handle: async ({ ctx, services, input: { body } }) => {
    const system = services.contextOf({ kind: "system", reason: "switch workspace" });
    const { actor, closed } = await choose(system, ctx.actor, body.workspaceId);
    services.renewSockets(closed);
    return ok(await meOf(services, actor));
  },
});
