import { expect, it } from "vitest";
import { writeBetweenMarkers } from "../src/cost/write-between-markers.ts";

it("replaces what is between a page's markers, and nothing else", () => {
  const page = "Before\n<!-- it: begin -->\nold\n<!-- it: end -->\nAfter\n";
  const written = writeBetweenMarkers(page, "it", "new");
  expect(written).toBe("Before\n<!-- it: begin -->\nnew\n<!-- it: end -->\nAfter\n");
  expect(writeBetweenMarkers(written, "it", "old")).toBe(page);
});

it("refuses a page that has no place for it", () => {
  expect(() => writeBetweenMarkers("Before\nAfter\n", "it", "new")).toThrow("no place for it");
});
