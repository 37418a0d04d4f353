import { purge, rollUpUsage } from "@earwitness/core";
import { expect, test } from "vitest";
import { readUsage } from "../../src/index.ts";
import { daysAgo, useOldCalls } from "../support/use-old-calls.ts";

const past = useOldCalls();
const { record, write, anOldCall } = past;

test("usage is summed up from the record by hour and day, the same however often, and stays when the call is purged", async () => {
  const { call } = await anOldCall(1);
  const read = async (by: "hour" | "day") =>
    (
      await record.database.read(past.owner, (scope) => readUsage(scope, { from: daysAgo(2), until: new Date(), by }))
    ).sums.map(({ metric, quantity }) => [metric, quantity]);
  const sums = [
    ["answered_ms_inbound", 10_000],
    ["calls_inbound", 1],
    ["recorded_ms", 10_000],
    ["stored_bytes", 10],
    ["transcribed_ms", 10_000],
  ];
  await Promise.all([1, 2, 3].map(() => rollUpUsage(write(), new Date())));
  expect(await read("hour")).toEqual(sums);
  expect(await read("day")).toEqual(sums);
  await purge(write(), call.id, { kind: "calls", days: 1, isDue: () => true });
  await rollUpUsage(write(), new Date());
  expect(await read("hour")).toEqual(sums);
});

test("days on which nothing was summed up are summed up by the next run", async () => {
  await anOldCall(4);
  const period = { from: daysAgo(5), until: daysAgo(3), by: "hour" } as const;
  const calls = async () => {
    const { sums } = await record.database.read(past.owner, (scope) => readUsage(scope, period));
    return sums.filter(({ metric }) => metric === "calls_inbound").map(({ quantity }) => quantity);
  };
  await rollUpUsage(write(), daysAgo(8));
  expect(await calls()).toEqual([]);
  await rollUpUsage(write(), new Date());
  expect(await calls()).toEqual([1]);
});
