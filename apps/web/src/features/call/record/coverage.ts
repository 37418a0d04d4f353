import type { CoverageView } from "@earwitness/shared";

type Missing = CoverageView["missing"][number];

/** Clocks of two companies differ, and audio ends on a frame: less than this in all is no missing second to be alarmed by. */
const CLOCK_TOLERANCE_MS = 500;

/** The three ways of not being kept: not recorded yet at the beginning, still on its way to us, and missing. */
export type MissingKind = "before" | "awaited" | "missing";

/** Which of the three a span is. What is awaited is no loss: it is stored every half minute, and whole with the recording. */
export function missingKind({ reason }: Pick<Missing, "reason">): MissingKind {
  if (reason === "before_recording") return "before";
  return reason === "recording_awaited" ? "awaited" : "missing";
}

/** What is not kept, in sums: until the recording began, the announcement as a rule; what is on its way; and all else. */
export function missingSums(missing: readonly Missing[]): { beforeMs: number; awaitedMs: number; otherMs: number } {
  const sum = (kind: MissingKind) =>
    missing
      .filter((span) => missingKind(span) === kind)
      .reduce((total, { startMs, endMs }) => total + endMs - startMs, 0);
  return { beforeMs: sum("before"), awaitedMs: sum("awaited"), otherMs: sum("missing") };
}

/** True when more is missing than the announcement and what two clocks can disagree about, and no more of it is awaited. */
export function isAlarming({ missing }: Pick<CoverageView, "missing">): boolean {
  const lost = missing.filter(({ reason }) => reason !== "not_recorded");
  return missingSums(lost).otherMs > CLOCK_TOLERANCE_MS;
}
