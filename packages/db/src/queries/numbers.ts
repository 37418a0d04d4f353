import type { NumberId, NumberView } from "@earwitness/shared";
import { and, asc, eq } from "drizzle-orm";
import { requireRow } from "../require-row.ts";
import { numbers } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";

/** The workspace's phone numbers, in numerical order: as many as the carrier rents to it, tens at most. */
export async function listNumbers(scope: Scope): Promise<NumberView[]> {
  const rows = await scope.db
    .select()
    .from(numbers)
    .where(inWorkspace(scope, numbers.workspaceId))
    .orderBy(asc(numbers.e164));
  return rows.map(toNumberView);
}

/** One number. Throws `not_found`. */
export async function readNumber(scope: Scope, id: NumberId): Promise<NumberView> {
  const number = requireRow(
    await scope.db
      .select()
      .from(numbers)
      .where(and(eq(numbers.id, id), inWorkspace(scope, numbers.workspaceId))),
    "The number",
  );
  return toNumberView(number);
}

function toNumberView(row: typeof numbers.$inferSelect): NumberView {
  return {
    id: row.id,
    e164: row.e164,
    label: row.label,
    announcement: row.announcement,
    recordInbound: row.recordInbound,
    recordOutbound: row.recordOutbound,
    language: row.language,
    keyTerms: row.keyTerms,
    deleteCarrierCopy: row.deleteCarrierCopy,
    liveCaptions: row.liveCaptions,
    version: row.version,
    publishedVersion: row.publishedVersion,
  };
}
