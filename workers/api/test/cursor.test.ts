import { newId } from "@earwitness/shared";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCursor, encodeCursor } from "../src/http/cursor.ts";

test("a cursor comes back as the place that it was made of, and fits into a URL as it is", () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date("9999-01-01"), noInvalidDate: true }), (startedAt) => {
      const place = { startedAt, id: newId("call") };
      const cursor = encodeCursor(place);
      expect(encodeURIComponent(cursor)).toBe(cursor);
      expect(cursor.length).toBeLessThanOrEqual(200);
      expect(decodeCursor(cursor)).toEqual(place);
    }),
  );
});

test("a made-up cursor is refused and points at the parameter", () => {
  for (const text of ["", "x", "%%%", btoa("[]"), btoa('[1,"call_x"]'), btoa(`["1","${newId("call")}"]`)]) {
    expect(() => decodeCursor(text), text).toThrow(
      expect.objectContaining({
        code: "invalid_request",
        fields: [expect.objectContaining({ pointer: "query/cursor" })],
      }),
    );
  }
});
