import { expect, test } from "vitest";
import { maskedEmail } from "../../src/invitation/masked-email.ts";

test.each([
  ["ada@example.com", "a…@example.com"],
  ["a@example.com", "a…@example.com"],
  ['"odd@name"@example.com', '"…@example.com'],
  ["öde@example.com", "ö…@example.com"],
])("%s is shown as %s to who need not know it", (email, masked) => {
  expect(maskedEmail(email)).toBe(masked);
});
