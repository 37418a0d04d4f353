import { newId } from "@earwitness/shared";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { isAway } from "../src/errors.ts";
import { connect } from "../src/node.ts";
import { system } from "./support/factories.ts";
import { useDatabase } from "./support/use-database.ts";

const record = useDatabase();

test("a refused statement shows neither itself nor its values", async () => {
  const id = newId("workspace");
  const add = () => record.database.unitOfWork(system)((tx) => tx.workspaces.add({ id, name: "secret of the test" }));
  await add();
  const error: unknown = await add().catch((thrown: unknown) => thrown);
  if (!(error instanceof Error)) throw new Error("The second one is refused");
  expect(error.message).toContain("duplicate key");
  expect(`${error.message} ${error.stack}`).not.toContain("secret of the test");
});

test("a database that is not there is unavailable, and worth asking again", async () => {
  const nowhere = connect("postgres://earwitness_app:secret@127.0.0.1:1/none");
  const act = nowhere.unitOfWork(system)((tx) => tx.users.byEmail("somebody@example.com"));
  await expect(act).rejects.toMatchObject({ code: "unavailable", retryable: true });
  await nowhere.close();
});

test("a connection that breaks is given to nobody again", async () => {
  const own = record.database.read(system, async ({ db }) => {
    await db.execute(sql`select pg_terminate_backend(pg_backend_pid())`);
  });
  await expect(own).rejects.toMatchObject({ code: "unavailable" });
  for (let times = 0; times < 12; times++) {
    await expect(record.database.unitOfWork(system)((tx) => tx.users.byEmail("nobody"))).resolves.toBeNull();
  }
});

test("what the work itself throws passes as it is, and undoes what was written", async () => {
  const id = newId("workspace");
  const own = new Error("Not today");
  const act = record.database.unitOfWork(system)(async (tx) => {
    await tx.workspaces.add({ id, name: "Test" });
    throw own;
  });
  await expect(act).rejects.toBe(own);
  expect(await record.database.unitOfWork(system)((tx) => tx.workspaces.exists(id))).toBe(false);
});

// As a worker was seen to say it of a Postgres that had just been stopped, or was not up again.
test.each(["connection attempt failed", "Network connection lost.", "Connection terminated unexpectedly"])(
  "a database of which the socket says %j is away",
  (message) => {
    expect(isAway(new Error("A statement failed", { cause: new Error(message) }))).toBe(true);
  },
);
