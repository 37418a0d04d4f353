import { readDeploymentHealth, readWorkspaceHealth } from "@earwitness/db";
import { OpsView } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";

export const getOps = route({
  method: "get",
  path: "/ops",
  operationId: "getOps",
  tag: "Operations",
  summary: "How the system does",
  description:
    "Dead jobs, calls with missing audio and the storage are the workspace's own. Queues, vendors and scheduled works are the deployment's, as counts and times: what any of it is about is not told.",
  may: "ops:read",
  request: {},
  returns: { 200: OpsView },
  handle: async ({ ctx, services }) => {
    const system = services.contextOf({ kind: "system", reason: "ops" }).actor;
    const [deployment, workspace, vendors] = await Promise.all([
      services.database.read(system, readDeploymentHealth),
      services.database.read(ctx.actor, readWorkspaceHealth),
      [],
    ]);
    return ok({ at: ctx.clock.now().toISOString(), ...deployment, ...workspace, vendors });
  },
});
