/** The spans that have a name, shortest first. */
export const WHEN_NAMES = ["today", "yesterday", "7d", "30d"] as const;
export type WhenName = (typeof WHEN_NAMES)[number];
/** A span of days: a name, or two days (`YYYY-MM-DD`, both included). A name goes on meaning "today" in a kept address. */
export type WhenFilter = { name: WhenName } | { first: string; last: string };

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads the span out of an address; null where there is none, or none that makes sense. */
export function readWhen(search: URLSearchParams): WhenFilter | null {
  const name = WHEN_NAMES.find((each) => each === search.get("when"));
  if (name) return { name };
  const [first, last] = [search.get("first") ?? "", search.get("last") ?? ""];
  const days = [first, last].every((day) => DAY.test(day) && !Number.isNaN(Date.parse(day)));
  return days && first <= last ? { first, last } : null;
}

/** Writes the span into an address. */
export function writeWhen(when: WhenFilter | null, search: URLSearchParams): void {
  if (when && "name" in when) search.set("when", when.name);
  else if (when) {
    search.set("first", when.first);
    search.set("last", when.last);
  }
}

/** The span as the API asks for it; days begin and end at midnight of the person's zone, and an open end is left out. */
export function whenQuery(when: WhenFilter, now: Date): { from: string; until?: string } {
  const { from, until } = spanOf(when, now);
  return { from: from.toISOString(), ...(until && { until: until.toISOString() }) };
}

function spanOf(when: WhenFilter, now: Date): { from: Date; until: Date | null } {
  if (!("name" in when)) return { from: midnight(when.first, 0), until: midnight(when.last, 1) };
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const daysAgo = (days: number) => new Date(today.getFullYear(), today.getMonth(), today.getDate() - days);
  switch (when.name) {
    case "today":
      return { from: today, until: null };
    case "yesterday":
      return { from: daysAgo(1), until: today };
    case "7d":
      return { from: daysAgo(6), until: null };
    case "30d":
      return { from: daysAgo(29), until: null };
  }
}

/** Midnight at the start of `day` in the person's zone, `later` days on. Made from its parts: `new Date("…")` would read UTC. */
function midnight(day: string, later: number): Date {
  const [year = 1970, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later);
}
