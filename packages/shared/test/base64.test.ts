import fc from "fast-check";
import { expect, test } from "vitest";
import { base64Of, bytesOfBase64 } from "../src/index.ts";

test("bytes come back as they were, and are spelt as everybody spells them", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1_000 }), (bytes) => {
      expect(base64Of(bytes)).toBe(Buffer.from(bytes).toString("base64"));
      expect([...bytesOfBase64(base64Of(bytes))]).toEqual([...bytes]);
    }),
  );
});

test("more bytes than a function takes arguments are no matter", () => {
  const bytes = new Uint8Array(1_000_000).fill(7);
  expect(base64Of(bytes)).toBe(Buffer.from(bytes).toString("base64"));
});

test("what is no base64 is refused", () => {
  expect(() => bytesOfBase64("not base64!")).toThrow();
});
