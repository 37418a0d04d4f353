import { parseSearch } from "@earwitness/core";
import { searchCalls as search } from "@earwitness/db";
import { SearchAnswer, SearchQuery } from "@earwitness/shared";
import { decodeSearchCursor, encodeSearchCursor } from "../http/cursor.ts";
import { ok, route } from "../http/route.ts";

export const searchCalls = route({
  method: "get",
  path: "/search",
  operationId: "searchCalls",
  tag: "Calls",
  summary: "Calls by what was said in them",
  description:
    'Looks through the newest exact transcript of each call. All words must be said by one person without a break: in any form of their language, `"in quotation marks"` as they are and one after another, `beginn*` by how they begin, `-not` left out. What answers best comes first, the newest two hundred lines before the two hundred that are older, and so on.',
  may: "calls:read",
  request: { query: SearchQuery.strict() },
  returns: { 200: SearchAnswer },
  handle: async ({ ctx, services, input: { query } }) => {
    const { q, speaker, number, direction, language, cursor, limit } = query;
    const terms = parseSearch(q);
    const filter = {
      speaker,
      number,
      direction,
      from: query.from === undefined ? undefined : new Date(query.from),
      until: query.until === undefined ? undefined : new Date(query.until),
    };
    const from = cursor === undefined ? { after: null, skip: 0 } : decodeSearchCursor(cursor);
    const { found, next, languages, counted } = await services.database.read(ctx.actor, (scope) =>
      search(scope, { terms, filter, language, from, limit }),
    );
    return ok({
      found,
      searched: { ...counted, languages },
      page: { nextCursor: next === null ? null : encodeSearchCursor(next) },
    });
  },
});
