import type { OpsView } from "@earwitness/shared";
import type { Scope } from "../../scope.ts";
import { readCrons } from "./crons.ts";
import { mergeDeadGroups, readDeadGroups, readLastDeadAt } from "./dead-groups.ts";
import { readDeadMessages } from "./dead-messages.ts";
import { readOutbox } from "./outbox.ts";
import { readQueues } from "./queues.ts";
import { readShortfalls } from "./shortfalls.ts";
import { readStorage } from "./storage.ts";

type DeadJobs = Pick<OpsView, "deadGroups" | "lastDeadAt">;
type DeploymentHealth = Pick<OpsView, "queues" | "crons" | "outbox" | "deadMessages"> & DeadJobs;
type WorkspaceHealth = Pick<OpsView, "coverage" | "storage"> & DeadJobs;

/**
 * How the whole deployment does, asked as the system: counts, times and causes of every workspace's work together, and nothing of what any
 * of it is about. Its groups of dead jobs are of those of no workspace alone.
 */
export async function readDeploymentHealth(scope: Scope): Promise<DeploymentHealth> {
  return {
    queues: await readQueues(scope),
    crons: await readCrons(scope),
    outbox: await readOutbox(scope),
    deadMessages: await readDeadMessages(scope),
    deadGroups: await readDeadGroups(scope),
    lastDeadAt: await readLastDeadAt(scope),
  };
}

/** How the actor's own workspace does. */
export async function readWorkspaceHealth(scope: Scope): Promise<WorkspaceHealth> {
  return {
    deadGroups: await readDeadGroups(scope),
    lastDeadAt: await readLastDeadAt(scope),
    coverage: await readShortfalls(scope),
    storage: await readStorage(scope),
  };
}

/** Both together, for who looks after the system from within the workspace. */
export function mergeHealth(
  deployment: DeploymentHealth,
  workspace: WorkspaceHealth,
): DeploymentHealth & WorkspaceHealth {
  const deadAt = [deployment.lastDeadAt, workspace.lastDeadAt].filter((at) => at !== null);
  return {
    ...deployment,
    ...workspace,
    deadGroups: mergeDeadGroups(workspace.deadGroups, deployment.deadGroups),
    lastDeadAt: deadAt.toSorted().at(-1) ?? null,
  };
}
