import type { HoldRepository } from "@earwitness/core";
import type { HoldId } from "@earwitness/shared";
import { and, eq } from "drizzle-orm";
import { readIsHeld } from "../queries/held.ts";
import { requireRow } from "../require-row.ts";
import { legalHolds, workspaces } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";

export function holdRepository(scope: Scope): HoldRepository {
  const { db } = scope;
  const byId = (id: HoldId) => and(eq(legalHolds.id, id), inWorkspace(scope, legalHolds.workspaceId));
  return {
    async add(hold) {
      await db.insert(legalHolds).values(hold);
    },
    async lock(id) {
      return requireRow(await db.select().from(legalHolds).where(byId(id)).for("update"), "The hold");
    },
    async release(id, { at, by }) {
      await db.update(legalHolds).set({ releasedAt: at, releasedBy: by }).where(byId(id));
    },
    async isHeld(call) {
      // Whoever holds the workspace takes `for no key update` of it, which waits for this; many that ask do not wait for each other.
      await db.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, call.workspaceId)).for("share");
      return readIsHeld(scope, call);
    },
  };
}
