import { RetentionKind, type RetentionView } from "@earwitness/shared";
import type { RetentionRules } from "../ports/repositories/index.ts";

/** The rules among these; null where there is none. */
export function presentRules(
  given: {
    readonly [K in RetentionKind]?: number | null | undefined;
  },
): RetentionRules | null {
  const rules = Object.fromEntries(
    RetentionKind.options.flatMap((kind) => {
      const days = given[kind];
      return days === undefined || days === null ? [] : [[kind, days]];
    }),
  );
  return Object.keys(rules).length === 0 ? null : rules;
}

/** The rules with every kind named. */
export function retentionView(rules: RetentionRules): RetentionView {
  return {
    recordings: rules.recordings ?? null,
    transcripts: rules.transcripts ?? null,
    calls: rules.calls ?? null,
  };
}
