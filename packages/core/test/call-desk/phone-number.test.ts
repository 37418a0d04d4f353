import { describe, expect, test } from "vitest";
import { phoneToRing } from "../../src/call-desk/phone-number.ts";

const US = "+13125550100";
const DE = "+4930123456";

describe("the phone to ring", () => {
  test.each([
    ["+49 151 1234 5678", US, "+4915112345678"],
    ["(415) 555-0101", US, "+14155550101"],
    ["1 415 555 0101", US, "+14155550101"],
    ["0151 12345678", DE, "+4915112345678"],
    ["00442071838750", DE, "+442071838750"],
    [" +44 (0)20 7183 8750 ", US, "+442071838750"],
    ["tel:+1-415-555-0101", US, "+14155550101"],
  ])("%j, called from %s, is %s", (typed, from, e164) => {
    expect(phoneToRing(typed, from)).toBe(e164);
  });

  test.each(["", "hello", "+1", "12", "+1415555", "+12345678901234567890"])("%j is refused at its field", (typed) => {
    expect(() => phoneToRing(typed, US)).toThrow(
      expect.objectContaining({ code: "invalid_request", fields: [expect.objectContaining({ pointer: "#/to" })] }),
    );
  });
});
