import type { AuditEvent, AuditHead, AuditRepository, Stretch } from "@earwitness/core";
import { EarwitnessError, type WorkspaceId } from "@earwitness/shared";
import { auditSha256, BEFORE_THE_FIRST } from "@earwitness/shared/audit";
import { and, asc, eq, gt, gte, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { auditEntries, auditHeads } from "../schema/index.ts";
import { inWorkspace, type Scope, workspaceOf } from "../scope.ts";
import { auditLineOf } from "./audit-line-of.ts";

/** Of which details of an entry a stretch is read; null where nobody knew how long the recording was. */
const ServedDetails = z.object({ fromMs: z.number(), toMs: z.number().nullable() });
const Details = z.record(z.string(), z.json());

type AuditRow = typeof auditEntries.$inferSelect;

export function auditRepository(scope: Scope): AuditRepository {
  const { db, actor, clock, origin } = scope;

  /** Whoever appends next waits here until this transaction has ended, and then follows what it left. */
  async function lockHead(workspaceId: WorkspaceId): Promise<AuditHead | undefined> {
    const [head] = await db.select().from(auditHeads).where(eq(auditHeads.workspaceId, workspaceId)).for("update");
    return head;
  }

  /** Of two that begin at once, one waits for the other and goes on from there. */
  async function beginLog(workspaceId: WorkspaceId): Promise<AuditHead> {
    await db.insert(auditHeads).values({ workspaceId, n: 0, sha256: BEFORE_THE_FIRST }).onConflictDoNothing();
    const head = await lockHead(workspaceId);
    if (head === undefined) throw new EarwitnessError("internal", "The audit log has no head.");
    return head;
  }

  return {
    async append(event): Promise<AuditHead> {
      const workspaceId = event.workspaceId ?? workspaceOf(actor);
      if (workspaceId === null) throw new EarwitnessError("internal", "An audit entry belongs to a workspace.");
      const head = (await lockHead(workspaceId)) ?? (await beginLog(workspaceId));
      const entry = {
        workspaceId,
        n: head.n + 1,
        at: clock.now(),
        ...actorOf(actor, event),
        action: event.action,
        objectKind: event.object.kind,
        objectId: event.object.id,
        // As JSON has it, which is how it will be read: hashed as anything else it would not be found whole.
        details: Details.parse(JSON.parse(JSON.stringify(event.details ?? {}))),
        ipAddress: origin?.ipAddress ?? null,
        userAgent: origin?.userAgent ?? null,
        requestId: origin?.requestId ?? null,
        previousSha256: head.sha256,
      };
      const sha256 = await auditSha256(auditLineOf({ ...entry, sha256: "" }));
      await db.insert(auditEntries).values({ ...entry, sha256 });
      await db.update(auditHeads).set({ n: entry.n, sha256 }).where(eq(auditHeads.workspaceId, workspaceId));
      return { workspaceId, n: entry.n, sha256 };
    },

    async servedSince(action, recordingId, since): Promise<Stretch[]> {
      const { actorId } = actorOf(actor, {});
      const sessionId = actor.kind === "user" ? actor.sessionId : null;
      const session = sql`${auditEntries.details} ->> 'sessionId'`;
      const rows = await db
        .select({ details: auditEntries.details })
        .from(auditEntries)
        .where(
          and(
            inWorkspace(scope, auditEntries.workspaceId),
            eq(auditEntries.objectId, recordingId),
            eq(auditEntries.action, action),
            actorId === null ? isNull(auditEntries.actorId) : eq(auditEntries.actorId, actorId),
            sessionId === null ? sql`${session} is null` : sql`${session} = ${sessionId}`,
            gte(auditEntries.at, since),
          ),
        );
      return rows.map(({ details }) => {
        const { fromMs, toMs } = ServedDetails.parse(details);
        return { fromMs, toMs: toMs ?? Number.POSITIVE_INFINITY };
      });
    },

    async heads(after, limit): Promise<AuditHead[]> {
      return db
        .select()
        .from(auditHeads)
        .where(
          and(
            inWorkspace(scope, auditHeads.workspaceId),
            after === null ? undefined : gt(auditHeads.workspaceId, after),
          ),
        )
        .orderBy(asc(auditHeads.workspaceId))
        .limit(limit);
    },
  };
}

function actorOf(actor: Scope["actor"], { by }: Pick<AuditEvent, "by">): Pick<AuditRow, "actorKind" | "actorId"> {
  if (by !== undefined) return { actorKind: by.kind, actorId: by.id };
  switch (actor.kind) {
    case "user":
    case "person":
      return { actorKind: "user", actorId: actor.userId };
    case "apiKey":
      return { actorKind: "apiKey", actorId: actor.keyId };
    case "system":
    case "visitor":
      return { actorKind: "system", actorId: null };
  }
}
