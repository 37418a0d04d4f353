import type { CoverageView } from "@earwitness/shared";
import { displayLocale } from "../../../format/locale.ts";
import { missingSums } from "./coverage.ts";

type Sum = Pick<CoverageView, "answeredMs" | "recordedMs" | "liveMs" | "pausedMs" | "missing">;

/**
 * A length as seconds with two decimals, `141.02 s`: frames are 20 ms long, so nothing is rounded, and what is shown of a sum
 * adds up as the sum does.
 */
export function exactSeconds(ms: number, locale = displayLocale()): string {
  const digits = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `${digits.format(ms / 1_000)}\u00a0s`;
}

/**
 * `141.02 s answered = 4.20 s before + 121.82 s recorded + 15.00 s paused + 0.00 s missing`. Terms that are nothing are left
 * out; "missing" is said also where nothing is.
 */
export function sumWords({ answeredMs, recordedMs, liveMs, pausedMs, missing }: Sum): string {
  const { beforeMs, awaitedMs, otherMs } = missingSums(missing);
  const terms = [
    ...(beforeMs > 0 ? [`${exactSeconds(beforeMs)} before`] : []),
    ...(recordedMs > 0 ? [`${exactSeconds(recordedMs)} recorded`] : []),
    ...(liveMs > 0 ? [`${exactSeconds(liveMs)} kept live`] : []),
    ...(pausedMs > 0 ? [`${exactSeconds(pausedMs)} paused`] : []),
    ...(awaitedMs > 0 ? [`${exactSeconds(awaitedMs)} not stored yet`] : []),
    `${exactSeconds(otherMs)} missing`,
  ];
  return `${exactSeconds(answeredMs)} answered = ${terms.join(" + ")}`;
}

/**
 * How much of the call the captions cover, as a sentence; empty where there are none. They are counted with the sound that
 * they were heard from: as long as none of it is stored, nothing is said.
 */
export function captionsWords({ captions, isFinal }: Pick<CoverageView, "captions" | "isFinal">): string {
  if (captions === null || (!isFinal && captions.coveredMs === 0)) return "";
  return `Captions cover ${exactSeconds(captions.coveredMs)}.`;
}
