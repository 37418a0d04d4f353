import type { IdempotencyRepository } from "@earwitness/core";
import { EarwitnessError } from "@earwitness/shared";
import { and, eq, lt } from "drizzle-orm";
import { idempotencyKeys } from "../schema/index.ts";
import { type Scope, workspaceOf } from "../scope.ts";

/** Clients retry for minutes; after a day the same key is another wish. */
const KEPT_FOR_MS = 24 * 60 * 60 * 1000;

export function idempotencyRepository({ db, actor, clock }: Scope): IdempotencyRepository {
  return {
    async keep(key, entry) {
      const workspaceId = workspaceOf(actor);
      if (workspaceId === null) throw new EarwitnessError("forbidden", "Idempotency keys belong to a workspace.");
      const now = clock.now();
      const values = { workspaceId, key, ...entry, createdAt: now };
      // Of two requests at once the second waits here for the first one's transaction, and then sees its entry.
      const kept = await db
        .insert(idempotencyKeys)
        .values(values)
        .onConflictDoUpdate({
          target: [idempotencyKeys.workspaceId, idempotencyKeys.key],
          set: values,
          setWhere: lt(idempotencyKeys.createdAt, new Date(now.getTime() - KEPT_FOR_MS)),
        })
        .returning({ key: idempotencyKeys.key });
      if (kept.length > 0) return "kept";
      const [earlier] = await db
        .select({ requestSha256: idempotencyKeys.requestSha256, body: idempotencyKeys.body })
        .from(idempotencyKeys)
        .where(and(eq(idempotencyKeys.workspaceId, workspaceId), eq(idempotencyKeys.key, key)));
      if (earlier === undefined) throw new EarwitnessError("conflict", "Try again.", { retryable: true });
      return earlier;
    },
  };
}
