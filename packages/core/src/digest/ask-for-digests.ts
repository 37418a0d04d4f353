import type { WorkspaceId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import { weekBefore } from "./week.ts";

/** One transaction's worth. */
const WORKSPACES_AT_A_TIME = 200;

/**
 * Has each workspace be told of the last full week, by a job of its own; one that was made since has no such week. For a workspace
 * and a week that is one job, however often this runs. Returns how many workspaces had such a week.
 */
export async function askForDigests(ctx: Context<SystemActor>, asOf: Date): Promise<number> {
  const { name: week, until } = weekBefore(asOf);
  let count = 0;
  let after: WorkspaceId | null = null;
  for (;;) {
    const page: WorkspaceId[] = await ctx.unitOfWork(async (tx) => {
      const workspaceIds = await tx.digests.workspaces(after, WORKSPACES_AT_A_TIME, until);
      for (const workspaceId of workspaceIds) {
        const key = `digest.make/${workspaceId}/${week}`;
        await tx.jobs.add({ workspaceId, kind: "digest.make", key, payload: { workspaceId, week } });
      }
      return workspaceIds;
    });
    count += page.length;
    after = page.at(-1) ?? null;
    if (after === null || page.length < WORKSPACES_AT_A_TIME) return count;
  }
}
