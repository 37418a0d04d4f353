import { expect, test } from "vitest";
import { weekBefore, weekNamed } from "../../src/digest/index.ts";

test.each([
  ["a Monday at the hour of the digest", "2026-11-16T07:00:00Z", "2026-11-09"],
  ["the first instant of a Monday", "2026-11-16T00:00:00.000Z", "2026-11-09"],
  ["the last instant of a Sunday", "2026-11-15T23:59:59.999Z", "2026-11-02"],
  ["a Saturday", "2026-11-21T20:00:00Z", "2026-11-09"],
  ["the turn of a year", "2027-01-01T12:00:00Z", "2026-12-21"],
])("on %s, the last full week is that of %s: %s", (_, now, name) => {
  const week = weekBefore(new Date(now));
  expect(week.name).toBe(name);
  expect(week.from.toISOString()).toBe(`${name}T00:00:00.000Z`);
  expect(week.until.getTime() - week.from.getTime()).toBe(7 * 24 * 60 * 60_000);
  expect(weekNamed(name)).toEqual(week);
});
