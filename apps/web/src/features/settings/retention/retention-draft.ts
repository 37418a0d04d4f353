import type { RetentionKind, RetentionView } from "@earwitness/shared";

/** The rules as their form holds them: days as typed, empty for good. */
export type RetentionDraft = Record<RetentionKind, string>;

/** What the API takes. */
const DAYS = { least: 1, most: 3_650 } as const;

/** The rules as they are, in the form's words. */
export function draftOf(retention: RetentionView): RetentionDraft {
  const text = (days: number | null) => (days === null ? "" : String(days));
  return {
    recordings: text(retention.recordings),
    transcripts: text(retention.transcripts),
    calls: text(retention.calls),
  };
}

/** What is wrong with what was typed for one kind; null when nothing is. */
export function wrongDays(typed: string): string | null {
  const days = typed.trim();
  const isDays = days === "" || (/^\d+$/.test(days) && Number(days) >= DAYS.least && Number(days) <= DAYS.most);
  return isDays ? null : `Choose ${DAYS.least} to ${DAYS.most} days, or leave it empty to keep them.`;
}

/** The rules that a draft says, every kind named. Only for one that nothing is wrong with. */
export function rulesOf(draft: RetentionDraft): RetentionView {
  const days = (typed: string) => (typed.trim() === "" ? null : Number(typed));
  return {
    recordings: days(draft.recordings),
    transcripts: days(draft.transcripts),
    calls: days(draft.calls),
  };
}

/** Those of the rules that say a number of days. */
export function presentRules(rules: RetentionView): Partial<Record<RetentionKind, number>> {
  return {
    ...(rules.recordings !== null && { recordings: rules.recordings }),
    ...(rules.transcripts !== null && { transcripts: rules.transcripts }),
    ...(rules.calls !== null && { calls: rules.calls }),
  };
}
