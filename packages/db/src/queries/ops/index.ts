import type { OpsView } from "@earwitness/shared";
import type { Scope } from "../../scope.ts";
import { readCrons } from "./crons.ts";
import { readDeadGroups, readLastDeadAt } from "./dead-groups.ts";
import { readDeadMessages } from "./dead-messages.ts";
import { readOutbox } from "./outbox.ts";
import { readQueues } from "./queues.ts";
import { readShortfalls } from "./shortfalls.ts";
import { readStorage } from "./storage.ts";

type DeploymentHealth = Pick<OpsView, "queues" | "crons" | "outbox" | "deadMessages">;
type WorkspaceHealth = Pick<OpsView, "deadGroups" | "lastDeadAt" | "coverage" | "storage">;

/**
 * How the whole deployment does, asked as the system: counts, times and causes of every workspace's work together, and nothing of what any
 * of it is about.
 */
export async function readDeploymentHealth(scope: Scope): Promise<DeploymentHealth> {
  return {
    queues: await readQueues(scope),
    crons: await readCrons(scope),
    outbox: await readOutbox(scope),
    deadMessages: await readDeadMessages(scope),
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
