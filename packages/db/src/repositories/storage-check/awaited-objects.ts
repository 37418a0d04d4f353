import type { AwaitedObject, NamingRow } from "@earwitness/core";
import { isId } from "@earwitness/shared";
import { and, asc, eq, gt, isNotNull, like, ne, type SQL, sql } from "drizzle-orm";
import { exports, recordingChunks, uploads, users } from "../../schema/index.ts";
import type { Scope } from "../../scope.ts";

/** Objects that rows of a sort say should be in the storage, in the order of the rows, after `after`. */
export async function awaitedObjects(
  db: Scope["db"],
  of: NamingRow,
  after: string | null,
  limit: number,
): Promise<AwaitedObject[]> {
  switch (of) {
    case "chunk": {
      const { callId, chunk, r2Key: key, workspaceId } = recordingChunks;
      const rows = await db
        .select({ callId, chunk, key, workspaceId })
        .from(recordingChunks)
        // One whose object was deleted has no key any more.
        .where(and(ne(key, ""), pastChunk(after)))
        .orderBy(asc(callId), asc(chunk))
        .limit(limit);
      return rows.map((row) => ({ ...row, position: `${row.callId}/${row.chunk}` }));
    }
    case "screenshot": {
      const { id, r2Key: key, workspaceId, kind, state } = uploads;
      const isPast = after !== null && isId("upload", after) ? gt(id, after) : undefined;
      return db
        .select({ position: id, key, workspaceId })
        .from(uploads)
        .where(and(eq(kind, "screenshot"), eq(state, "accepted"), isPast))
        .orderBy(asc(id))
        .limit(limit);
    }
    case "export": {
      const { id, r2Key, workspaceId, state } = exports;
      const isPast = after !== null && isId("export", after) ? gt(id, after) : undefined;
      return db
        .select({ position: id, key: sql<string>`${r2Key}`, workspaceId })
        .from(exports)
        .where(and(eq(state, "ready"), isNotNull(r2Key), isPast))
        .orderBy(asc(id))
        .limit(limit);
    }
    case "avatar": {
      const { id, image } = users;
      const isPast = after !== null && isId("user", after) ? gt(id, after) : undefined;
      const rows = await db
        .select({ position: id, key: sql<string>`${image}` })
        .from(users)
        // A provider of identities may have left an address elsewhere.
        .where(and(like(image, "avatars/%"), isPast))
        .orderBy(asc(id))
        .limit(limit);
      return rows.map((row) => ({ ...row, workspaceId: null }));
    }
  }
}

/** A row comparison, which walks the index from the place on. */
function pastChunk(after: string | null): SQL | undefined {
  const [callId = "", chunk] = after?.split("/") ?? [];
  if (!isId("call", callId)) return undefined;
  const { callId: ofCall, chunk: n } = recordingChunks;
  return sql`(${ofCall}, ${n}) > (${sql.param(callId, ofCall)}::uuid, ${Number(chunk)}::int)`;
}
