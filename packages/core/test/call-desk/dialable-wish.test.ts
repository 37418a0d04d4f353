import { describe, expect, test } from "vitest";
import { dialableWish } from "../../src/call-desk/dialable-wish.ts";

const cameIn = { direction: "inbound", fromAddress: "+4930123456", toAddress: "sip:+13125550100@sip.example" } as const;
const wentOut = { direction: "outbound", fromAddress: "+4930123456", toAddress: "+13125550100" } as const;

describe("a wish, ready for the call's room", () => {
  test("names the phone to transfer to as E.164, read in the country of our number", () => {
    expect(dialableWish({ action: "transfer", to: "(415) 555-0101" }, cameIn)).toEqual({
      action: "transfer",
      to: "+14155550101",
    });
    expect(dialableWish({ action: "transfer", to: "0151 12345678" }, wentOut)).toMatchObject({ to: "+4915112345678" });
    expect(dialableWish({ action: "transfer", to: "+49 151 12345678" }, cameIn)).toMatchObject({
      to: "+4915112345678",
    });
  });

  test("is refused at the field that no phone can have", () => {
    expect(() => dialableWish({ action: "transfer", to: "hello" }, cameIn)).toThrow(
      expect.objectContaining({ code: "invalid_request", fields: [expect.objectContaining({ pointer: "#/to" })] }),
    );
  });

  test("is left as it is where it names no phone", () => {
    expect(dialableWish({ action: "send_dtmf", digits: "1#" }, cameIn)).toEqual({ action: "send_dtmf", digits: "1#" });
  });
});
