import { listNobodysNotices as read } from "@earwitness/db";
import { ListNoticesQuery, NoticePage } from "@earwitness/shared";
import { decodeNoticesCursor, encodeNoticesCursor } from "../http/cursor.ts";
import { ok, route } from "../http/route.ts";
import { OPS } from "../jobs-viewer.ts";

export const listNobodysNotices = route({
  method: "get",
  path: "/notices",
  operationId: "listNobodysNotices",
  tag: "Operations",
  summary: "What vendors have told that is of no workspace",
  description:
    "Newest first, of the whole deployment: what could not be read, and what was told of calls that reached a number of no workspace, or that somebody dialed past this system. Which event, when, and what came of it.",
  may: "ops:read",
  request: { query: ListNoticesQuery.strict() },
  returns: { 200: NoticePage },
  handle: async ({ services, input: { query } }) => {
    const { cursor, limit, flag } = query;
    const after = cursor === undefined ? null : decodeNoticesCursor(cursor);
    const { notices, next } = await services.database.read(OPS, (scope) => read(scope, { flag, after, limit }));
    return ok({ notices, nextCursor: next === null ? null : encodeNoticesCursor(next) });
  },
});
