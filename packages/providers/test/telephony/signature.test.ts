import { generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createTelnyxVerifier } from "../../src/telephony/index.ts";

/** A vector made outside of this code base: seed of 32 bytes 0x07. */
const VECTOR = {
  publicKey: "6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=",
  timestamp: "1790000000",
  body: new TextEncoder().encode('{"data":{"event_type":"call.hangup"}}'),
  signature: "JxWwztBq95l3q0R6GsL8JjbIt9CZIwl9LFZo1ku011+XCJpryXb+Kh8xzwAlWR1UYZqJ6FOm2RJjAgIhBpXlDQ==",
};
const nowMs = Number(VECTOR.timestamp) * 1000;
const verify = createTelnyxVerifier(VECTOR.publicKey);

describe("a notice's signature", () => {
  test("of Telnyx's own form is genuine", async () => {
    expect(await verify({ ...VECTOR, nowMs })).toBeNull();
  });

  test.each([
    ["at the edge of the tolerance", 300_000, null],
    ["a second too old", 301_000, "stale"],
    ["a second too far ahead", -301_000, "stale"],
  ])("%s", async (_name, lateMs, fault) => {
    expect(await verify({ ...VECTOR, nowMs: nowMs + lateMs })).toBe(fault);
  });

  test.each([
    ["no signature", { signature: undefined }, "header_missing"],
    ["no timestamp", { timestamp: null }, "header_missing"],
    ["a timestamp that is none", { timestamp: "179000000x" }, "timestamp_malformed"],
    ["a signature that is no base64", { signature: "%%%" }, "signature_malformed"],
    ["a truncated signature", { signature: VECTOR.signature.slice(0, 40) }, "signature_malformed"],
    ["another timestamp", { timestamp: "1790000001" }, "forged"],
    ["a truncated body", { body: VECTOR.body.slice(0, -1) }, "forged"],
    ["a changed body", { body: new TextEncoder().encode('{"data":{"event_type":"call.Hangup"}}') }, "forged"],
  ])("with %s is refused", async (_name, change, fault) => {
    expect(await verify({ ...VECTOR, ...change, nowMs })).toBe(fault);
  });

  test("by another key is forged", async () => {
    const { privateKey } = generateKeyPairSync("ed25519");
    const signed = Buffer.concat([Buffer.from(`${VECTOR.timestamp}|`), VECTOR.body]);
    const signature = sign(null, signed, privateKey).toString("base64");
    expect(await verify({ ...VECTOR, signature, nowMs })).toBe("forged");
  });

  test("cannot be checked with a key that is none", () => {
    expect(() => createTelnyxVerifier("c2hvcnQ=")).toThrow("32 bytes");
  });
});
