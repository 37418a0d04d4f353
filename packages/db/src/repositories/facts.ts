import { CallFact, type FactRepository } from "@earwitness/core";
import { asc, eq } from "drizzle-orm";
import { callFacts, inboundNotices } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

export function factRepository({ db }: Scope): FactRepository {
  return {
    async add({ room, callId, workspaceId }, facts) {
      if (facts.length === 0) return;
      await db
        .insert(callFacts)
        .values(facts.map(({ n, fact }) => ({ room, n, callId, workspaceId, type: fact.type, fact })));
    },
    async ofRoom(room) {
      const rows = await db
        .select({ n: callFacts.n, fact: callFacts.fact })
        .from(callFacts)
        .where(eq(callFacts.room, room))
        .orderBy(asc(callFacts.n));
      // One of a later version of the rooms is kept, and says nothing to this one.
      return rows.flatMap(({ n, fact }) => {
        const known = CallFact.safeParse(fact);
        return known.success ? [{ n, fact: known.data }] : [];
      });
    },
    async assign({ room, callId, workspaceId }) {
      await db.update(callFacts).set({ callId, workspaceId }).where(eq(callFacts.room, room));
      await db.update(inboundNotices).set({ callId, workspaceId }).where(eq(inboundNotices.room, room));
    },
  };
}
