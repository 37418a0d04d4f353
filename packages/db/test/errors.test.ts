import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { connect } from "../src/node.ts";
import { system } from "./support/factories.ts";
import { useDatabase } from "./support/use-database.ts";

const record = useDatabase();
const SECRET = "dana@northgate.example";

/** The error with everything that hangs on it, as the most talkative log would have it. */
async function thrownBy(work: Promise<unknown>): Promise<{ error: Error; text: string }> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const parts: string[] = [];
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) parts.push(String(cause.stack));
    return { error, text: parts.join("\n") };
  }
  throw new Error("It should have failed.");
}

test("a statement that fails tells itself, and none of its values", async () => {
  const statement = sql`select * from no_such_table where email = ${SECRET}`;
  const { text } = await thrownBy(record.database.read(system, ({ db }) => db.execute(statement)));
  expect(text).toContain("no_such_table");
  expect(text).not.toContain(SECRET);
});

test("a database that is away is unavailable, which may pass, and tells no values either", async () => {
  const away = connect("postgres://nobody:x@127.0.0.1:9/none");
  const { error, text } = await thrownBy(away.read(system, ({ db }) => db.execute(sql`select ${SECRET}`)));
  expect(error).toMatchObject({ code: "unavailable", retryable: true });
  expect(text).not.toContain(SECRET);
  await away.close();
});
