import { mergeHealth, readDeploymentHealth, readWorkspaceHealth } from "@earwitness/db";
import { OpsView, withinLimit } from "@earwitness/shared";
import { errorFields } from "@earwitness/shared/log";
import { ok, route } from "../http/route.ts";
import { OPS } from "../jobs-viewer.ts";
import type { Services } from "../services.ts";

export const getOps = route({
  method: "get",
  path: "/ops",
  operationId: "getOps",
  tag: "Operations",
  summary: "How the system does",
  description:
    "Calls with missing audio and the storage are the workspace's own, and so are dead jobs, besides those of no workspace, such as mails with sign-in links. Queues, vendors and scheduled works are the deployment's, as counts and times: what any of it is about is not told.",
  may: "ops:read",
  request: {},
  returns: { 200: OpsView },
  handle: async ({ ctx, services }) => {
    const { JOBS } = services.env;
    const [deployment, workspace, vendors, backlogs] = await Promise.all([
      services.database.read(OPS, readDeploymentHealth),
      services.database.read(ctx.actor, readWorkspaceHealth),
      known(services, "vendors", JOBS.vendorHealth()),
      known(services, "queues", JOBS.backlogs()),
    ]);
    return ok({ at: ctx.clock.now().toISOString(), ...mergeHealth(deployment, workspace), vendors, backlogs });
  },
});

/** What knows of these answers in milliseconds; the rest of the view does not wait for it. */
const TIME_LIMIT_MS = 2_000;

/** How each of `what` does; none where that cannot be found out now. */
async function known<T>({ log }: Services, what: string, asked: Promise<T[]>): Promise<T[]> {
  try {
    return await withinLimit(asked, TIME_LIMIT_MS);
  } catch (error) {
    log.warn("The jobs worker does not say how these do", { what, ...errorFields(error) });
    return [];
  }
}
