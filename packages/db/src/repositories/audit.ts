import { type AuditEvent, type AuditRepository, sha256Hex } from "@earwitness/core";
import { EarwitnessError } from "@earwitness/shared";
import { eq } from "drizzle-orm";
import { auditEntries, auditHeads } from "../schema/index.ts";
import { type Scope, workspaceOf } from "../scope.ts";

/** What the first entry of a workspace follows. */
const BEFORE_THE_FIRST = "0".repeat(64);

export function auditRepository({ db, actor, clock, origin }: Scope): AuditRepository {
  return {
    async append(event) {
      const workspaceId = event.workspaceId ?? workspaceOf(actor);
      if (workspaceId === null) throw new EarwitnessError("internal", "An audit entry belongs to a workspace.");
      await db
        .insert(auditHeads)
        .values({ workspaceId, n: 0, sha256: BEFORE_THE_FIRST })
        .onConflictDoNothing({ target: auditHeads.workspaceId });
      const [head] = await db.select().from(auditHeads).where(eq(auditHeads.workspaceId, workspaceId)).for("update");
      if (head === undefined) throw new EarwitnessError("internal", "The audit log has no head.");
      const entry = {
        workspaceId,
        n: head.n + 1,
        at: clock.now(),
        ...actorOf(actor, event),
        action: event.action,
        objectKind: event.object.kind,
        objectId: event.object.id,
        details: { ...event.details },
        ipAddress: origin?.ipAddress ?? null,
        userAgent: origin?.userAgent ?? null,
        requestId: origin?.requestId ?? null,
        previousSha256: head.sha256,
      };
      const sha256 = await sha256Hex(JSON.stringify(entry));
      await db.insert(auditEntries).values({ ...entry, sha256 });
      await db.update(auditHeads).set({ n: entry.n, sha256 }).where(eq(auditHeads.workspaceId, workspaceId));
    },
  };
}

function actorOf(actor: Scope["actor"], event: AuditEvent) {
  if (event.by !== undefined) return { actorKind: event.by.kind, actorId: event.by.id };
  switch (actor.kind) {
    case "user":
    case "person":
      return { actorKind: "user" as const, actorId: actor.userId };
    case "apiKey":
      return { actorKind: "apiKey" as const, actorId: actor.keyId };
    case "system":
    case "visitor":
      return { actorKind: "system" as const, actorId: null };
  }
}
