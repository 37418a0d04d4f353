import type { IdempotencyRepository } from "@earwitness/core";
import { EarwitnessError, type WorkspaceId } from "@earwitness/shared";
import { and, eq } from "drizzle-orm";
import { idempotencyKeys } from "../schema/index.ts";
import { type Scope, workspaceOf } from "../scope.ts";

export function idempotencyRepository({ db, actor }: Scope): IdempotencyRepository {
  const mine = (key: string) => and(eq(idempotencyKeys.workspaceId, ownWorkspace()), eq(idempotencyKeys.key, key));
  const ownWorkspace = (): WorkspaceId => {
    const workspaceId = workspaceOf(actor);
    if (workspaceId === null)
      throw new EarwitnessError("forbidden", "Only who acts in a workspace has idempotency keys.");
    return workspaceId;
  };
  return {
    async claim(key, requestSha256) {
      const claimed = await db
        .insert(idempotencyKeys)
        .values({ workspaceId: ownWorkspace(), key, requestSha256 })
        .onConflictDoNothing()
        .returning({ key: idempotencyKeys.key });
      if (claimed.length > 0) return "claimed";
      const [first] = await db.select().from(idempotencyKeys).where(mine(key));
      if (first === undefined)
        throw new EarwitnessError("conflict", "The first request with this key has just failed; try again.");
      return first;
    },
    async answer(key, status, body) {
      await db.update(idempotencyKeys).set({ status, body }).where(mine(key));
    },
    async release(key) {
      await db.delete(idempotencyKeys).where(mine(key));
    },
  };
}
