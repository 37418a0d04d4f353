import type { AnsweredRequestRepository, RequestAttempt } from "@earwitness/core";
import { EarwitnessError } from "@earwitness/shared";
import { and, eq, inArray, lt, sql } from "drizzle-orm";
import { answeredRequests } from "../schema/index.ts";
import { type Scope, workspaceOf } from "../scope.ts";

/** Clients retry for minutes; after a day the same key is another wish. */
const KEPT_FOR_MS = 24 * 60 * 60 * 1000;

export function answeredRequestRepository({ db, actor, clock }: Scope): AnsweredRequestRepository {
  const heldBy = ({ name, attempt }: RequestAttempt) =>
    and(eq(answeredRequests.name, name), eq(answeredRequests.attempt, attempt));
  const expired = () => lt(answeredRequests.begunAt, new Date(clock.now().getTime() - KEPT_FOR_MS));
  return {
    async begin({ name, attempt, requestSha256 }, abandonedAfterMs) {
      const now = clock.now();
      const values = {
        name,
        workspaceId: workspaceOf(actor),
        requestSha256,
        attempt,
        state: "begun" as const,
        answer: null,
        begunAt: now,
      };
      const abandoned = and(
        eq(answeredRequests.state, "begun"),
        eq(answeredRequests.requestSha256, requestSha256),
        lt(answeredRequests.begunAt, new Date(now.getTime() - abandonedAfterMs)),
      );
      // Of two requests at once the second waits here for the first one's transaction, and then sees its row.
      const begun = await db
        .insert(answeredRequests)
        .values(values)
        .onConflictDoUpdate({ target: answeredRequests.name, set: values, setWhere: sql`${expired()} or ${abandoned}` })
        .returning({ name: answeredRequests.name });
      if (begun.length > 0) return { kind: "begun" };
      const [earlier] = await db.select().from(answeredRequests).where(eq(answeredRequests.name, name));
      if (earlier === undefined) throw new EarwitnessError("conflict", "Try again.", { retryable: true });
      const { state, answer } = earlier;
      if (state === "begun") return { kind: "under_way", requestSha256: earlier.requestSha256 };
      if (answer === null) return { kind: "done", requestSha256: earlier.requestSha256 };
      return { kind: "answered", requestSha256: earlier.requestSha256, answer };
    },
    async markDone(attempt) {
      const marked = await db
        .update(answeredRequests)
        .set({ state: "done" })
        .where(and(heldBy(attempt), inArray(answeredRequests.state, ["begun", "done"])))
        .returning({ name: answeredRequests.name });
      if (marked.length > 0) return;
      throw new EarwitnessError("conflict", "The same request was taken up again meanwhile.", { retryable: true });
    },
    async keepAnswer(attempt, answer) {
      await db.update(answeredRequests).set({ state: "answered", answer }).where(heldBy(attempt));
    },
    async release(attempt) {
      await db.delete(answeredRequests).where(and(heldBy(attempt), eq(answeredRequests.state, "begun")));
    },
  };
}
