import type { WorkspaceId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { CarrierRecords } from "../ports/index.ts";

/** What callers hear until somebody writes something better: the least that consent to a recording needs. */
const FIRST_ANNOUNCEMENT = "This call is recorded.";

/**
 * Takes the carrier's numbers that no workspace has for this one, with settings to begin with, and publishes them. A number
 * that a workspace has stays with it, as it is set. Returns how many were taken.
 */
export async function claimCarrierNumbers(
  ctx: Context<SystemActor>,
  records: CarrierRecords,
  workspaceId: WorkspaceId,
): Promise<number> {
  const numbers = await records.numbers();
  let claimed = 0;
  for (const { e164, carrierNumberId } of numbers) {
    const isClaimed = await ctx.unitOfWork(async (tx) => {
      const id = ctx.newId("number");
      const isNew = await tx.numbers.claim({
        id,
        workspaceId,
        e164,
        carrierNumberId,
        label: null,
        announcement: FIRST_ANNOUNCEMENT,
        recordInbound: true,
        recordOutbound: true,
        language: null,
        keyTerms: [],
        deleteCarrierCopy: false,
        liveCaptions: true,
      });
      if (isNew) await tx.outbox.publishNumber(workspaceId, id);
      return isNew;
    });
    if (isClaimed) claimed++;
  }
  ctx.log.info("The carrier was asked for its numbers", { workspaceId, found: numbers.length, claimed });
  return claimed;
}
