import type { WhenFilter, WhenName } from "../../api/when-filter.ts";
import { displayLocale } from "../../format/locale.ts";

export const WHEN_WORDS: Record<WhenName, string> = {
  today: "today",
  yesterday: "yesterday",
  "7d": "last 7 days",
  "30d": "last 30 days",
};

/** A span of time in words, as a chip and an empty list say it. */
export function whenWords(when: WhenFilter): string {
  if ("name" in when) return WHEN_WORDS[when.name];
  const format = new Intl.DateTimeFormat(displayLocale(), { day: "numeric", month: "short", timeZone: "UTC" });
  return format.formatRange(new Date(when.first), new Date(when.last));
}
