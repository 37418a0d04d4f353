import { deleteCall, emptyTrash, restoreCall } from "@earwitness/core";
import { expect, test } from "vitest";
import { contextOf } from "../support/factories.ts";
import { slowPurges } from "../support/slow-purges.ts";
import { daysAgo, useOldCalls } from "../support/use-old-calls.ts";

const past = useOldCalls();
const { record, write, callRow, spoken, anOldCall } = past;

test("the trash is emptied of what has lain there for its time, and of nothing that was taken out", async () => {
  const [gone, back, fresh] = [await anOldCall(5), await anOldCall(5), await anOldCall(5)];
  const long = contextOf(record, past.owner, daysAgo(31));
  await deleteCall(long, gone.call.id);
  await deleteCall(long, back.call.id);
  await restoreCall(contextOf(record, past.owner), back.call.id);
  await deleteCall(contextOf(record, past.owner), fresh.call.id);
  expect((await emptyTrash(write(), new Date())).purged).toBe(1);
  expect((await callRow(gone.call.id))?.purged_at).toBeInstanceOf(Date);
  expect(await spoken(gone.call.id)).toEqual([]);
  expect((await callRow(back.call.id))?.purged_at).toBeNull();
  expect((await callRow(fresh.call.id))?.purged_at).toBeNull();
  await expect(restoreCall(contextOf(record, past.owner), gone.call.id)).rejects.toMatchObject({ code: "not_found" });
});

test("the trash that is not emptied in one run says so, and begins with what has lain there longest", async () => {
  const [young, old] = [await anOldCall(50), await anOldCall(50)];
  await deleteCall(contextOf(record, past.owner, daysAgo(40)), old.call.id);
  await deleteCall(contextOf(record, past.owner, daysAgo(35)), young.call.id);
  expect(await emptyTrash(slowPurges(write()), new Date())).toEqual({ purged: 1, held: 0, unfinished: 1 });
  expect((await callRow(old.call.id))?.purged_at).toBeInstanceOf(Date);
  expect((await callRow(young.call.id))?.purged_at).toBeNull();
  expect(await emptyTrash(slowPurges(write()), new Date())).toEqual({ purged: 1, held: 0, unfinished: 0 });
});
