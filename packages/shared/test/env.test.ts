import { expect, test } from "vitest";
import { oncePerEnv, origin } from "../src/env/index.ts";
import { EarwitnessError, withinLimit } from "../src/index.ts";

test.each([
  ["https://calls.example.com", true],
  ["http://127.0.0.1:8787", true],
  ["https://calls.example.com/", false],
  ["https://calls.example.com/app", false],
  ["calls.example.com", false],
])("%s as an origin: %s", (text, isOrigin) => {
  expect(origin.safeParse(text).success).toBe(isOrigin);
});

test("what an environment makes is made once, and anew where it failed", () => {
  const asked: object[] = [];
  const make = oncePerEnv((env) => {
    asked.push(env);
    if (asked.length === 1) throw new Error("not complete");
    return { env };
  });
  const env = {};
  expect(() => make(env)).toThrow("not complete");
  const made = make(env);
  expect(make(env)).toBe(made);
  expect(make({})).not.toBe(made);
  expect(asked).toHaveLength(3);
});

test("work that ends in time keeps its outcome; work that does not becomes a timeout", async () => {
  await expect(withinLimit(Promise.resolve("done"), 1_000)).resolves.toBe("done");
  await expect(withinLimit(Promise.reject(new Error("broken")), 1_000)).rejects.toThrow("broken");
  const late = withinLimit(new Promise(() => {}), 5);
  await expect(late).rejects.toBeInstanceOf(EarwitnessError);
  await expect(late).rejects.toMatchObject({ code: "timeout" });
});
