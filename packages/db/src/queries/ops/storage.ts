import type { OpsView } from "@earwitness/shared";
import { and, count, desc, eq, isNotNull, isNull, sum } from "drizzle-orm";
import { calls, cronRuns, legalHolds, recordings, storageFindings } from "../../schema/index.ts";
import { inWorkspace, type Scope } from "../../scope.ts";

/** What the workspace keeps, and where the storage and the record do not agree. */
export async function readStorage(scope: Scope): Promise<OpsView["storage"]> {
  const { db } = scope;
  const [kept] = await db
    .select({ recordings: count(), audioBytes: sum(recordings.sizeBytes).mapWith(Number) })
    .from(recordings)
    .where(and(inWorkspace(scope, recordings.workspaceId), eq(recordings.state, "stored")));
  const [trash] = await db
    .select({ count: count() })
    .from(calls)
    .where(and(inWorkspace(scope, calls.workspaceId), isNotNull(calls.deletedAt), isNull(calls.purgedAt)));
  const [holds] = await db
    .select({ count: count() })
    .from(legalHolds)
    .where(and(inWorkspace(scope, legalHolds.workspaceId), isNull(legalHolds.releasedAt)));
  const [findings] = await db
    .select({ count: count() })
    .from(storageFindings)
    .where(and(inWorkspace(scope, storageFindings.workspaceId), isNull(storageFindings.settledAt)));
  const [checked] = await db
    .select({ at: cronRuns.finishedAt })
    .from(cronRuns)
    .where(and(eq(cronRuns.name, "checksums"), eq(cronRuns.state, "done")))
    .orderBy(desc(cronRuns.startedAt))
    .limit(1);
  return {
    audioBytes: kept?.audioBytes ?? 0,
    recordings: kept?.recordings ?? 0,
    inTrash: trash?.count ?? 0,
    held: holds?.count ?? 0,
    findings: findings?.count ?? 0,
    lastChecksumAt: checked?.at?.toISOString() ?? null,
  };
}
