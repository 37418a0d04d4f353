import { expect, test } from "vitest";
import { ApiError } from "../src/api/api-error.ts";
import { firstWrong, foundWrong, MOST_CHARACTERS, wrongWith } from "../src/features/contact/wrong-with.ts";

const written = { name: "Ana Ruiz", email: "ana@example.com", text: "Hello", website: "" };

test("a whole message has nothing wrong with it", () => {
  expect(wrongWith(written)).toEqual({});
  expect(firstWrong(wrongWith(written))).toBeNull();
});

test.each([
  [{ name: " " }, "name"],
  [{ email: "" }, "email"],
  [{ email: "ana" }, "email"],
  [{ text: "\n" }, "text"],
  [{ text: "x".repeat(MOST_CHARACTERS + 1) }, "text"],
  [{ name: "", text: "" }, "name"],
] as const)("%j is seen without sending it, at %s first", (changed, first) => {
  const wrong = wrongWith({ ...written, ...changed });
  expect(firstWrong(wrong)).toBe(first);
  expect(wrong[first]).toMatch(/\.$/);
});

test("what the server finds wrong stands at its field, and everything else beside the form", () => {
  const problem = { type: "", title: "", status: 400, code: "invalid_request", requestId: "req_1" };
  const refused = new ApiError("problem", "Not valid.", {
    status: 400,
    problem: { ...problem, errors: [{ pointer: "#/email", detail: "must be an address" }] },
  });
  expect(foundWrong(refused)).toEqual({ email: "must be an address" });
  expect(foundWrong(new ApiError("problem", "Too much.", { status: 429, problem }))).toEqual({});
  expect(foundWrong(new TypeError("no network"))).toEqual({});
});
