import { expect, test } from "vitest";
import { clock, dayAndTime, dayHeading, exactInstant, localDay, seconds, took } from "../src/format/time.ts";

const chicago = { locale: "en-GB", timeZone: "America/Chicago" };

test("a position is cut, never rounded up to a second that has not come", () => {
  expect(clock(0)).toBe("0:00");
  expect(clock(63_999)).toBe("1:03");
  expect(clock(63_899, { tenths: true })).toBe("1:03.8");
  expect(clock(3_600_000 + 2 * 60_000 + 3_000)).toBe("1:02:03");
  expect(clock(-5)).toBe("0:00");
});

test("seconds keep one decimal and their unit", () => {
  expect(seconds(141_000, chicago)).toBe("141.0\u00a0s");
  expect(seconds(-20, chicago)).toBe("0.0\u00a0s");
});

test("what took long is told in the unit that fits", () => {
  expect(took(67, chicago)).toBe("67\u00a0ms");
  expect(took(4_107, chicago)).toBe("4.1\u00a0s");
  expect(took(125_000, chicago)).toBe("2:05");
});

test("an instant is shown in the person's zone, and exactly on hover", () => {
  expect(dayAndTime("2026-11-19T15:14:02.118Z", new Date("2026-12-01T12:00:00Z"), chicago)).toBe("Thu 19 Nov, 09:14");
  expect(dayAndTime("2025-11-19T15:14:02.118Z", new Date("2026-12-01T12:00:00Z"), chicago)).toBe(
    "Wed, 19 Nov 2025, 09:14",
  );
  expect(exactInstant("2026-11-19T15:14:02.118Z", { ...chicago, locale: "en-US" })).toBe("2026-11-19 09:14:02.118 CST");
});

test("a call of late evening belongs to the day of the person's zone", () => {
  expect(localDay("2026-11-20T03:00:00Z", chicago)).toBe("2026-11-19");
});

test("today and yesterday are named, across the night that the clocks change", () => {
  const now = new Date("2026-11-02T06:30:00Z"); // 00:30 on 2 November in Chicago; on the 1st the clocks went back
  expect(dayHeading("2026-11-02T06:10:00Z", now, chicago)).toBe("Today, Monday 2 November");
  expect(dayHeading("2026-11-01T05:10:00Z", now, chicago)).toBe("Yesterday");
  expect(dayHeading("2026-10-31T18:00:00Z", now, chicago)).toBe("Saturday 31 October");
  expect(dayHeading("2025-10-31T18:00:00Z", now, chicago)).toBe("Friday, 31 October 2025");
});
