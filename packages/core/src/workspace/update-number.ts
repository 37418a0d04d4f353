import { EarwitnessError, type NumberId } from "@earwitness/shared";
import { changesBetween } from "../audit/changes-between.ts";
import type { Context, WorkspaceActor } from "../context.ts";
import type { NumberChanges, NumberRecord } from "../ports/repositories/index.ts";
import { canonicalLanguage } from "./canonical-language.ts";
import { cleanKeyTerms } from "./key-terms.ts";

export interface UpdateNumberInput {
  readonly numberId: NumberId;
  readonly changes: NumberChanges;
  /** Tells whether the person saw this version; a change of an older one is refused. */
  readonly mayChange: (version: number) => boolean;
}

/**
 * Changes a number's settings and publishes them to where rooms read them, which takes seconds. Throws `not_found`,
 * `precondition_failed` when it was changed since the person saw it, `conflict` when somebody changes it right now, and
 * `invalid_request` for a language that is no BCP 47 tag or a key term of too many words.
 */
export async function updateNumber(ctx: Context<WorkspaceActor>, input: UpdateNumberInput): Promise<NumberRecord> {
  const changes = cleaned(input.changes);
  return ctx.unitOfWork(async (tx) => {
    const number = await tx.numbers.find(input.numberId);
    if (!input.mayChange(number.version)) {
      throw new EarwitnessError("precondition_failed", "The number was changed since you loaded it. Load it again.");
    }
    const changed = await tx.numbers.change(number.id, number.version, changes);
    if (changed === null) {
      throw new EarwitnessError("conflict", "Somebody else is changing this number. Try again.", { retryable: true });
    }
    await tx.outbox.publishNumber(number.workspaceId, number.id);
    await tx.outbox.tellNumbers(number.workspaceId);
    const object = { kind: "number", id: number.id };
    await tx.audit.append({ action: "number.changed", object, details: changesBetween(number, changed, changes) });
    return changed;
  });
}

function cleaned(changes: NumberChanges): NumberChanges {
  const { language, keyTerms } = changes;
  return {
    ...changes,
    ...(typeof language === "string" && { language: canonicalLanguage(language) }),
    ...(keyTerms && { keyTerms: cleanKeyTerms(keyTerms) }),
  };
}
