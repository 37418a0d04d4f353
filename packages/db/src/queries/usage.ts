import { UsageMetric, type UsageView } from "@earwitness/shared";
import { and, asc, gte, lt, sql } from "drizzle-orm";
import { usageDays, usageHours } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";

/** What the workspace used from the hour or day (UTC) that `from` is in until before `until`, in order. */
export async function readUsage(
  scope: Scope,
  { from, until, by }: { from: Date; until: Date; by: UsageView["by"] },
): Promise<UsageView> {
  const table = by === "hour" ? usageHours : usageDays;
  const at = by === "hour" ? usageHours.hour : usageDays.day;
  const begin = sql`date_trunc(${sql.raw(`'${by}'`)}, ${from.toISOString()}::timestamptz, 'UTC')`;
  const rows = await scope.db
    .select({ at: sql`${at}`.mapWith(at), metric: table.metric, quantity: table.quantity })
    .from(table)
    .where(and(inWorkspace(scope, table.workspaceId), gte(at, begin), lt(at, until)))
    .orderBy(asc(at), asc(table.metric));
  // A metric of a later version is none that can be told yet.
  const sums = rows.flatMap(({ at: instant, metric, quantity }) => {
    const known = UsageMetric.safeParse(metric);
    return known.success ? [{ at: instant.toISOString(), metric: known.data, quantity }] : [];
  });
  return { by, sums };
}
