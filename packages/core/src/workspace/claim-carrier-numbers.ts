import type { WorkspaceId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { CarrierRecords } from "../ports/index.ts";

/** What callers hear where nobody has written something better: the least that consent to a recording needs. */
const FIRST_ANNOUNCEMENT = "This call is recorded.";

/**
 * Takes the carrier's numbers that no workspace has for this one, with what its settings say that they begin with, and publishes them. A number
 * that a workspace has stays with it, as it is set. Returns how many were taken.
 */
export async function claimCarrierNumbers(
  ctx: Context<SystemActor>,
  records: Pick<CarrierRecords, "numbers">,
  workspaceId: WorkspaceId,
): Promise<number> {
  const numbers = await records.numbers();
  const settings = await ctx.unitOfWork((tx) => tx.workspaces.find(workspaceId));
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
        announcement: settings.announcement ?? FIRST_ANNOUNCEMENT,
        recordInbound: true,
        recordOutbound: true,
        language: settings.language,
        keyTerms: [],
        deleteCarrierCopy: false,
        liveCaptions: true,
      });
      if (!isNew) return false;
      await tx.outbox.publishNumber(workspaceId, id);
      const object = { kind: "number", id };
      await tx.audit.append({ action: "numbers.synced", object, details: { e164 }, workspaceId });
      return true;
    });
    if (isClaimed) claimed++;
  }
  ctx.log.info("The carrier was asked for its numbers", { workspaceId, found: numbers.length, claimed });
  return claimed;
}
