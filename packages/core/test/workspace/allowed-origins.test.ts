import { expect, test } from "vitest";
import { exactOrigins } from "../../src/workspace/allowed-origins.ts";

test.each(["https://shop.example", "https://shop.example:8443", "http://localhost", "http://localhost:5173"])(
  "%s is an origin that may be allowed",
  (origin) => {
    expect(exactOrigins([origin])).toEqual([origin]);
  },
);

test.each([
  "https://shop.example/",
  "https://shop.example/path",
  "https://SHOP.example",
  "https://shop.example:443",
  "https://user@shop.example",
  "http://shop.example",
  "http://localhost.evil.example",
  "http://127.0.0.1",
  "https://*.example",
  "*",
  "null",
  "",
  "shop.example",
  "javascript:alert(1)",
  "file:///etc",
  "chrome-extension://abc",
])("%j is none", (text) => {
  expect(() => exactOrigins(["https://shop.example", text])).toThrow(
    expect.objectContaining({
      code: "invalid_request",
      fields: [expect.objectContaining({ pointer: "#/allowedOrigins/1" })],
    }),
  );
});

test("one that is named twice is one", () => {
  expect(exactOrigins(["https://a.example", "https://b.example", "https://a.example"])).toEqual([
    "https://a.example",
    "https://b.example",
  ]);
});
