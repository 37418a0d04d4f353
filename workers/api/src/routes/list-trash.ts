import { listTrash as readTrash } from "@earwitness/db";
import { ListTrashQuery, TrashList } from "@earwitness/shared";
import { decodeCursor, encodeCursor } from "../http/cursor.ts";
import { ok, route } from "../http/route.ts";

export const listTrash = route({
  method: "get",
  path: "/trash",
  operationId: "listTrash",
  tag: "Calls",
  summary: "The calls in the trash, those put there last first",
  description: "Each says when it is purged, and whether a legal hold keeps it past that.",
  may: "calls:delete",
  request: { query: ListTrashQuery.strict() },
  returns: { 200: TrashList },
  handle: async ({ ctx, services, input: { query } }) => {
    const { cursor, limit } = query;
    const place = cursor === undefined ? null : decodeCursor(cursor);
    const after = place && { deletedAt: place.startedAt, id: place.id };
    const { calls, next } = await services.database.read(ctx.actor, (scope) =>
      readTrash(scope, ctx.actor, { after, limit }),
    );
    return ok({ calls, nextCursor: next && encodeCursor({ startedAt: next.deletedAt, id: next.id }) });
  },
});
