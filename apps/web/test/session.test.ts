import { expect, test } from "vitest";
import { returnPath, signInAddress } from "../src/api/sign-in-address.ts";
import { initials } from "../src/ui/avatar.tsx";

test("a person comes back to where they were", () => {
  const address = signInAddress({ pathname: "/calls/call_1", search: "?t=3" });
  expect(address).toBe("/login?next=%2Fcalls%2Fcall_1%3Ft%3D3");
  expect(returnPath(new URLSearchParams(address.split("?")[1]).get("next"), "https://own.example")).toBe(
    "/calls/call_1?t=3",
  );
});

test.each(["https://evil.example/", "//evil.example/x", "/\\evil.example", "javascript:alert(1)", "", null])(
  "another site is never returned to: %s",
  (next) => expect(returnPath(next, "https://own.example")).toBe("/calls"),
);

test("initials come from a name or an address", () => {
  expect([
    initials("Dana Whitfield"),
    initials("dana.whitfield@northgate.example"),
    initials("you@example.com"),
  ]).toEqual(["DW", "DW", "YO"]);
});
