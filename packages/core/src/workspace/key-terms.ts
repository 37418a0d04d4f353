import { EarwitnessError } from "@earwitness/shared";
import type { NumberRecord, WorkspaceRecord } from "../ports/repositories/index.ts";

/** A longer phrase is refused by transcribers, and with it the whole transcript. https://www.assemblyai.com/docs (keyterms_prompt) */
const MOST_WORDS = 6;

/** The words of the trade that a number's calls are listened for: its own before the workspace's, because transcribers take so many. */
export function keyTermsOf(
  number: Pick<NumberRecord, "keyTerms"> | null,
  workspace: Pick<WorkspaceRecord, "keyTerms">,
): string[] {
  return [...new Set([...(number?.keyTerms ?? []), ...workspace.keyTerms])];
}

/** The terms without blanks around them, each once. Throws `invalid_request` at `#/keyTerms/n` for one of too many words. */
export function cleanKeyTerms(terms: readonly string[]): string[] {
  const trimmed = terms.map((term) => term.trim());
  const fields = trimmed.flatMap((term, i) => {
    if (term === "") return [{ pointer: `#/keyTerms/${i}`, detail: "must not be blank" }];
    if (term.split(/\s+/).length <= MOST_WORDS) return [];
    return [{ pointer: `#/keyTerms/${i}`, detail: `must have at most ${MOST_WORDS} words` }];
  });
  if (fields.length > 0)
    throw new EarwitnessError("invalid_request", "A key term is not valid: see errors.", { fields });
  return [...new Set(trimmed)];
}
