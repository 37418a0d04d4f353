import type { AuditAction, AuditEntryView, UserId, WorkspaceId } from "@earwitness/shared";
import { isId } from "@earwitness/shared";
import type { AuditLine } from "@earwitness/shared/audit";
import { and, asc, desc, eq, gt, gte, inArray, lt, lte, type SQL } from "drizzle-orm";
import { auditLineOf } from "../repositories/audit-line-of.ts";
import { apiKeys, auditEntries, users } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";

export interface AuditFilter {
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
  readonly actorId?: string | undefined;
  readonly action?: AuditAction | undefined;
  readonly objectId?: string | undefined;
}

/**
 * One page of the workspace's audit log, newest first, of entries before number `before`; `next` is before which the following
 * page begins, null at the end. People are named who did something, also those who are gone.
 */
export async function listAuditEntries(
  scope: Scope,
  options: { filter: AuditFilter; before: number | null; limit: number },
): Promise<{ entries: AuditEntryView[]; next: number | null }> {
  const { filter, before, limit } = options;
  const rows = await scope.db
    .select()
    .from(auditEntries)
    .where(
      and(
        inWorkspace(scope, auditEntries.workspaceId),
        matching(filter),
        before === null ? undefined : lt(auditEntries.n, before),
      ),
    )
    .orderBy(desc(auditEntries.n))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const names = await namesOfActors(scope, page);
  const entries = page.map((row) => {
    const { workspaceId: _, actor, ...line } = auditLineOf(row);
    return { ...line, action: row.action, actor: { ...actor, name: names.get(actor.id ?? "") ?? null } };
  });
  return { entries, next: rows.length > limit ? (page.at(-1)?.n ?? null) : null };
}

/**
 * The lines of a workspace's audit log with numbers above `after` and not above `upTo`, in their order, `limit` at most: one page of
 * an export.
 */
export async function readAuditLines(
  scope: Scope,
  workspaceId: WorkspaceId,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<AuditLine[]> {
  const { workspaceId: ofWorkspace, n } = auditEntries;
  const rows = await scope.db
    .select()
    .from(auditEntries)
    .where(and(inWorkspace(scope, ofWorkspace), eq(ofWorkspace, workspaceId), gt(n, after), lte(n, upTo)))
    .orderBy(asc(n))
    .limit(limit);
  return rows.map(auditLineOf);
}

function matching({ from, until, actorId, action, objectId }: AuditFilter): SQL | undefined {
  return and(
    from && gte(auditEntries.at, from),
    until && lt(auditEntries.at, until),
    actorId === undefined ? undefined : eq(auditEntries.actorId, actorId),
    action && eq(auditEntries.action, action),
    objectId === undefined ? undefined : eq(auditEntries.objectId, objectId),
  );
}

/** The ids come from the workspace's own log: who left it is named as well, which a list of its members would not do. */
async function namesOfActors(
  scope: Scope,
  rows: readonly { readonly actorId: string | null }[],
): Promise<Map<string, string>> {
  const ids = [...new Set(rows.flatMap(({ actorId }) => actorId ?? []))];
  const people = ids.filter((id): id is UserId => isId("user", id));
  const keys = ids.filter((id) => isId("apiKey", id));
  const found = await scope.db
    .select({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .where(inArray(users.id, people));
  const foundKeys = await scope.db
    .select({ id: apiKeys.id, name: apiKeys.name })
    .from(apiKeys)
    .where(and(inWorkspace(scope, apiKeys.workspaceId), inArray(apiKeys.id, keys)));
  return new Map<string, string>([
    ...found.map(({ id, name, email }) => [id, name ?? email] as const),
    ...foundKeys.map(({ id, name }) => [id, name] as const),
  ]);
}
