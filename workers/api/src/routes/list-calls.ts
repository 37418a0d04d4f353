import { listCalls as readCalls } from "@earwitness/db";
import { CallList, ListCallsQuery } from "@earwitness/shared";
import { decodeCursor, encodeCursor } from "../http/cursor.ts";
import { ok, route } from "../http/route.ts";

export const listCalls = route({
  method: "get",
  path: "/calls",
  operationId: "listCalls",
  tag: "Calls",
  summary: "The calls, newest first",
  description: "Filters may be combined. Ask for the next page with `nextCursor`; the last page has none.",
  may: "calls:read",
  request: { query: ListCallsQuery.strict() },
  returns: { 200: CallList },
  handle: async ({ ctx, services, input: { query } }) => {
    const { cursor, limit, from, until, ...filter } = query;
    const { calls, next } = await services.database.read(ctx.actor, (scope) =>
      readCalls(scope, {
        filter: {
          ...filter,
          from: from === undefined ? undefined : new Date(from),
          until: until === undefined ? undefined : new Date(until),
        },
        after: cursor === undefined ? null : decodeCursor(cursor),
        limit,
      }),
    );
    return ok({ calls, page: { nextCursor: next === null ? null : encodeCursor(next) } });
  },
});
