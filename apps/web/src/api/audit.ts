import type { AuditAction, AuditEntryView } from "@earwitness/shared";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { request } from "./request.ts";
import { readWhen, type WhenFilter, whenQuery, writeWhen } from "./when-filter.ts";

/** What the log is asked for, as the address holds it. */
export interface AuditFilters {
  when: WhenFilter | null;
  /** The id of a person or an API key. */
  actorId: string | null;
  action: AuditAction | null;
  /** The id of the thing that something was done to. */
  objectId: string | null;
}

export const NO_AUDIT_FILTERS: AuditFilters = { when: null, actorId: null, action: null, objectId: null };

const ID = /^[a-z]{2,8}_[0-9a-z]{26}$/;

/** Reads the filters out of an address. What it does not understand, it leaves out. */
export function readAuditFilters(search: URLSearchParams, actions: readonly AuditAction[]): AuditFilters {
  const id = (name: string) => {
    const value = search.get(name);
    return value !== null && ID.test(value) ? value : null;
  };
  return {
    when: readWhen(search),
    actorId: id("actor"),
    action: actions.find((action) => action === search.get("action")) ?? null,
    objectId: id("object"),
  };
}

/** Writes the filters as the query of an address, without a question mark. */
export function writeAuditFilters({ when, actorId, action, objectId }: AuditFilters): string {
  const search = new URLSearchParams();
  writeWhen(when, search);
  if (actorId) search.set("actor", actorId);
  if (action) search.set("action", action);
  if (objectId) search.set("object", objectId);
  return search.toString();
}

/** The filters as the API asks for them. */
function auditSearch({ when, actorId, action, objectId }: AuditFilters, now: Date): URLSearchParams {
  return new URLSearchParams({
    ...(when && whenQuery(when, now)),
    ...(actorId && { actorId }),
    ...(action && { action }),
    ...(objectId && { objectId }),
  });
}

/** The log, newest first, a page at a time. */
export function auditQuery(filters: AuditFilters) {
  return infiniteQueryOptions({
    queryKey: ["audit", writeAuditFilters(filters)],
    queryFn: ({ pageParam, signal }) => {
      const search = auditSearch(filters, new Date());
      if (pageParam) search.set("cursor", pageParam);
      return request({ path: `/audit?${search}`, signal, returns: (contract) => contract.AuditList });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
}

/** The newest entry of one kind, such as who changed the settings last; null where there is none. */
export function lastEntryQuery(action: AuditAction) {
  return queryOptions({
    queryKey: ["audit", "last", action],
    queryFn: async ({ signal }): Promise<AuditEntryView | null> => {
      const path = `/audit?action=${action}&limit=1` as const;
      const { entries } = await request({ path, signal, returns: (contract) => contract.AuditList });
      return entries[0] ?? null;
    },
    staleTime: 0,
  });
}

/** Where the whole log is downloaded from, one entry a line, as the offline checker reads it. */
export const AUDIT_EXPORT = "/api/v1/audit/export";
