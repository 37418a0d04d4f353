import type { AuditHead, WorkspaceActor } from "@earwitness/core";
import { type Database, readAuditLines } from "@earwitness/db";
import { auditText } from "@earwitness/shared/audit";

/** So many entries are in memory at a time, however long the log is. */
const PAGE = 200;

/**
 * The entries after number `after` up to `head`, one a line, and at last the line of the head. They are read as the client takes
 * them, a page at a time; what is appended meanwhile is not among them. Closes the database when it is through, or nobody
 * listens any more.
 */
export function auditExport(
  database: Database,
  actor: WorkspaceActor,
  { head, after }: { head: AuditHead; after: number },
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const pages = pagesOf(database, actor, { head, after });
  return new ReadableStream(
    {
      async pull(controller) {
        const { value, done } = await pages.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      cancel: async () => void (await pages.return(undefined)),
    },
    { highWaterMark: 0 },
  );
}

async function* pagesOf(
  database: Database,
  actor: WorkspaceActor,
  { head, after }: { head: AuditHead; after: number },
): AsyncGenerator<string, undefined, undefined> {
  try {
    for (let reached = after; reached < head.n; ) {
      const page = { after: reached, upTo: head.n, limit: PAGE };
      const lines = await database.read(actor, (scope) => readAuditLines(scope, actor.workspaceId, page));
      const last = lines.at(-1);
      if (last === undefined) throw new Error(`The audit log ends at ${reached} and not at ${head.n}.`);
      reached = last.n;
      const texts = lines.map(auditText);
      if (reached === head.n) texts.push(auditText({ head, exportedAt: last.at }));
      yield `${texts.join("\n")}\n`;
    }
  } finally {
    await database.close();
  }
}
