import { expect, test } from "vitest";
import { isUnchanged, mayChange, rangeStillCounts } from "../src/http/conditional.ts";

const TAG = '"abc"';

test("a client that names the representation has it, whether it calls it weak or lists others", () => {
  for (const header of [TAG, `W/${TAG}`, `"x", ${TAG}`, "*", ` ${TAG} `])
    expect(isUnchanged(header, TAG), header).toBe(true);
  for (const header of [null, "", '"x"', "abc", '"ab"']) expect(isUnchanged(header, TAG), String(header)).toBe(false);
});

test("a range counts only for exactly the representation that the client began with", () => {
  expect(rangeStillCounts(null, TAG)).toBe(true);
  expect(rangeStillCounts(TAG, TAG)).toBe(true);
  for (const header of [`W/${TAG}`, '"x"', "Sat, 21 Nov 2026 08:00:00 GMT"]) {
    expect(rangeStillCounts(header, TAG), header).toBe(false);
  }
});

test("a change passes for the version that was seen, and for nobody in particular", () => {
  for (const header of [null, "*", '"3"', '"2", "3"']) expect(mayChange(header, '"3"'), String(header)).toBe(true);
  for (const header of ['"2"', 'W/"3"', "3", ""]) expect(mayChange(header, '"3"'), header).toBe(false);
});
