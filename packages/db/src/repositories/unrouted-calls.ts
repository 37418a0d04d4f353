import type { UnroutedCallRepository } from "@earwitness/core";
import { eq } from "drizzle-orm";
import { unroutedCalls } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

export function unroutedCallRepository({ db }: Scope): UnroutedCallRepository {
  return {
    async save(call) {
      await db.insert(unroutedCalls).values(call).onConflictDoUpdate({ target: unroutedCalls.callId, set: call });
    },
    async remove(callId) {
      await db.delete(unroutedCalls).where(eq(unroutedCalls.callId, callId));
    },
  };
}
