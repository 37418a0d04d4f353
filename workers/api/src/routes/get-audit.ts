import { listAuditEntries } from "@earwitness/db";
import { AuditList, ListAuditQuery } from "@earwitness/shared";
import { decodeAuditCursor, encodeAuditCursor } from "../http/cursor.ts";
import { ok, route } from "../http/route.ts";

export const getAudit = route({
  method: "get",
  path: "/audit",
  operationId: "getAudit",
  tag: "Workspace",
  summary: "The audit log, newest first",
  description:
    "Who did what to which object, when and from where. Filters may be combined. Each entry holds the hash of the one before it; how to check them is in the documentation of the audit log.",
  may: "audit:read",
  request: { query: ListAuditQuery.strict() },
  returns: { 200: AuditList },
  handle: async ({ ctx, services, input: { query } }) => {
    const { cursor, limit, from, until, ...filter } = query;
    const { entries, next } = await services.database.read(ctx.actor, (scope) =>
      listAuditEntries(scope, {
        filter: {
          ...filter,
          from: from === undefined ? undefined : new Date(from),
          until: until === undefined ? undefined : new Date(until),
        },
        before: cursor === undefined ? null : decodeAuditCursor(cursor),
        limit,
      }),
    );
    const nextCursor = next === null ? null : encodeAuditCursor(next);
    return ok({ workspaceId: ctx.actor.workspaceId, entries, nextCursor });
  },
});
