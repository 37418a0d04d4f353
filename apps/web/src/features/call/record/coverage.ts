import type { CoverageView } from "@earwitness/shared";

type Missing = CoverageView["missing"][number];

/** Clocks of two companies differ, and audio ends on a frame: less than this in all is no missing second to be alarmed by. */
const CLOCK_TOLERANCE_MS = 500;

/** What is missing, in two sums: from the answer until the recording began, the announcement as a rule; and all else. */
export function missingSums(missing: readonly Missing[]): { beforeMs: number; otherMs: number } {
  const sum = (some: readonly Missing[]) => some.reduce((total, { startMs, endMs }) => total + endMs - startMs, 0);
  return {
    beforeMs: sum(missing.filter(({ reason }) => reason === "before_recording")),
    otherMs: sum(missing.filter(({ reason }) => reason !== "before_recording")),
  };
}

/** True when more is missing than the announcement and what two clocks can disagree about, and no more of it is awaited. */
export function isAlarming({ missing }: Pick<CoverageView, "missing">): boolean {
  const lost = missing.filter(({ reason }) => reason !== "recording_awaited" && reason !== "not_recorded");
  return missingSums(lost).otherMs > CLOCK_TOLERANCE_MS;
}
