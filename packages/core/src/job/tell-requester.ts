import type { JobRecord, Repositories } from "../ports/repositories/index.ts";

/** Tells the browsers of whoever asked for the job that it got on. What follows by itself is told by what it does. */
export async function tellRequester(
  tx: Pick<Repositories, "outbox">,
  { workspaceId, requestedBy }: Pick<JobRecord, "workspaceId" | "requestedBy">,
): Promise<void> {
  if (workspaceId !== null && requestedBy !== null) await tx.outbox.tellJob(workspaceId);
}
