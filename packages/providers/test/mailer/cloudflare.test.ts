import { newId } from "@earwitness/shared";
import { describe, expect, test } from "vitest";
import { createCloudflareMailer } from "../../src/mailer/index.ts";

const mail = {
  id: newId("mail"),
  to: "ana@mail.test",
  subject: "Hello",
  text: "In text",
  html: "<p>In HTML</p>",
  key: "mail/1",
};

/** What a binding answers by throwing: workerd's own stand-in has none of the service's refusals. */
function refusing(code: string | undefined, from = "Earwitness <no-reply@earwitness.test>") {
  const error = Object.assign(new Error("Said the service."), code === undefined ? {} : { code });
  return createCloudflareMailer({ binding: { send: () => Promise.reject(error) }, from }).send(mail);
}

describe("mail through Cloudflare's binding", () => {
  test.each(["E_RATE_LIMIT_EXCEEDED", "E_INTERNAL_SERVER_ERROR", "E_DELIVERY_FAILED"])(
    "that comes to %s may be tried again",
    async (code) => {
      const vendorAnswer = { status: null, answer: `${code}: Said the service.` };
      await expect(refusing(code)).rejects.toMatchObject({ code: "vendor_failed", retryable: true, vendorAnswer });
      await expect(refusing(code)).rejects.toThrow(code);
    },
  );

  test.each([
    ...["E_DAILY_LIMIT_EXCEEDED", "E_VALIDATION_ERROR", "E_FIELD_MISSING"],
    ...["E_SENDER_NOT_VERIFIED", "E_SENDER_DOMAIN_NOT_AVAILABLE", "E_RECIPIENT_NOT_ALLOWED", "E_HEADER_NOT_ALLOWED"],
  ])("that comes to %s is refused for good", async (code) => {
    await expect(refusing(code)).rejects.toMatchObject({ code: "vendor_failed", retryable: false });
  });

  test("to an address on the service's own list is refused for that address, and is no failure", async () => {
    expect(await refusing("E_RECIPIENT_SUPPRESSED")).toEqual({
      kind: "refused",
      cause: "suppressed",
      detail: "Cloudflare: Said the service.",
    });
  });

  test("whose request breaks may be tried again", async () => {
    const vendorAnswer = { status: null, answer: null };
    await expect(refusing(undefined)).rejects.toMatchObject({ code: "vendor_failed", retryable: true, vendorAnswer });
  });

  test("without a sender's address is refused before anything is asked", async () => {
    const sending = refusing("E_INTERNAL_SERVER_ERROR", "Earwitness");
    await expect(sending).rejects.toThrow("MAIL_FROM");
    await expect(sending).rejects.toMatchObject({ vendorAnswer: undefined });
  });
});
