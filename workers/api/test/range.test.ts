import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRange } from "../src/http/range.ts";

/** What RFC 9110 §14 has, for a representation of 1,000 bytes. */
const CASES: [header: string | null, expected: "all" | "unsatisfiable" | [offset: number, length: number]][] = [
  [null, "all"],
  ["bytes=0-", [0, 1000]],
  ["bytes=0-0", [0, 1]],
  ["bytes=0-499", [0, 500]],
  ["bytes=999-", [999, 1]],
  ["bytes=999-999", [999, 1]],
  ["bytes=999-5000", [999, 1]],
  ["bytes=-1", [999, 1]],
  ["bytes=-1000", [0, 1000]],
  ["bytes=-5000", [0, 1000]],
  ["Bytes = 10-19", [10, 10]],
  ["bytes=1000-", "unsatisfiable"],
  ["bytes=1000-1001", "unsatisfiable"],
  ["bytes=99999999999999999999-", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
  ["bytes=5-2", "all"],
  ["bytes=-", "all"],
  ["bytes=a-b", "all"],
  ["bytes=1.5-2", "all"],
  ["bytes=+1-2", "all"],
  ["bytes=0-1,5-6", "all"],
  ["items=0-1", "all"],
  ["bytes", "all"],
  ["", "all"],
];

describe("a Range header", () => {
  test.each(CASES)("%j of 1,000 bytes", (header, expected) => {
    const range = readRange(header, 1000);
    expect(range).toEqual(
      Array.isArray(expected) ? { kind: "part", offset: expected[0], length: expected[1] } : { kind: expected },
    );
  });

  test("of nothing is unsatisfiable", () => {
    expect(readRange("bytes=0-", 0)).toEqual({ kind: "unsatisfiable" });
    expect(readRange("bytes=-1", 0)).toEqual({ kind: "unsatisfiable" });
    expect(readRange(null, 0)).toEqual({ kind: "all" });
  });

  test("never leads outside of the bytes, and gives those that were asked for", () => {
    const size = fc.integer({ min: 1, max: 5_000 });
    fc.assert(
      fc.property(size, fc.nat(10_000), fc.option(fc.nat(10_000)), (sizeBytes, first, last) => {
        const bytes = Uint8Array.from({ length: sizeBytes }, (_, i) => i % 251);
        const range = readRange(`bytes=${first}-${last ?? ""}`, sizeBytes);
        const wanted = bytes.slice(first, last === null ? undefined : last + 1);
        if (last !== null && last < first) expect(range).toEqual({ kind: "all" });
        else if (wanted.length === 0) expect(range).toEqual({ kind: "unsatisfiable" });
        else {
          expect(range.kind === "part" && bytes.slice(range.offset, range.offset + range.length)).toEqual(wanted);
        }
      }),
    );
  });

  test("any text at all is read without an error", () => {
    fc.assert(fc.property(fc.string(), (text) => ["all", "part", "unsatisfiable"].includes(readRange(text, 10).kind)));
  });
});
