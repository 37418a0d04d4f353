import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { parseEnv } from "../src/env/index.ts";
import { CallId, idFromUuid, isId, newId, uuidOf } from "../src/index.ts";

test("an id survives the way to Postgres and back", () => {
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      expect(uuidOf(idFromUuid("call", uuid))).toBe(uuid);
    }),
  );
});

test("an id of another kind, or garbage, is not a call id", () => {
  expect(isId("call", newId("call"))).toBe(true);
  for (const text of [
    newId("recording"),
    "call_",
    "call_1",
    "",
    "call_zzzzzzzzzzzzzzzzzzzzzzzzzz",
    "call_0jfjmwqqjmxhxkb1nknyynfckm",
  ]) {
    expect(CallId.safeParse(text).success, text).toBe(false);
  }
});

test("ids sort by the time they were made", async () => {
  const first = newId("call");
  await new Promise((done) => setTimeout(done, 2));
  expect(newId("call") > first).toBe(true);
});

test("a missing secret names itself and shows no value", () => {
  const schema = z.object({ TELNYX_API_KEY: z.string().min(1), AUTH_SECRET: z.string().min(32) });
  const act = () => parseEnv(schema, { AUTH_SECRET: "hunter2" });
  expect(act).toThrow(/TELNYX_API_KEY.*AUTH_SECRET/);
  expect(act).not.toThrow(/hunter2/);
});
