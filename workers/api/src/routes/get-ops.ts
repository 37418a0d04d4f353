import { readDeploymentHealth, readWorkspaceHealth } from "@earwitness/db";
import { OpsView, type VendorHealthView, withinLimit } from "@earwitness/shared";
import { errorFields } from "@earwitness/shared/log";
import { ok, route } from "../http/route.ts";
import type { Services } from "../services.ts";

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
      readVendors(services),
    ]);
    return ok({ at: ctx.clock.now().toISOString(), ...deployment, ...workspace, vendors });
  },
});

/** Where vendors' health is kept answers in milliseconds; the rest of the view does not wait for it. */
const VENDORS_TIME_LIMIT_MS = 2_000;

/** How vendors do; none where that cannot be found out now. */
async function readVendors({ env, log }: Services): Promise<VendorHealthView[]> {
  try {
    return await withinLimit(env.JOBS.vendorHealth(), VENDORS_TIME_LIMIT_MS);
  } catch (error) {
    log.warn("How vendors do is not known", errorFields(error));
    return [];
  }
}
