import { describe, expect, it } from "vitest";
import { priceUnits } from "../src/cost/price-units.ts";
import { objectGbSeconds, operationsOfMessages, requestsOfMessages, type Units } from "../src/cost/prices.ts";

const NOTHING: Units = {
  workerRequests: 0,
  workerCpuMs: 0,
  objectRequests: 0,
  objectGbSeconds: 0,
  rowsRead: 0,
  rowsWritten: 0,
  queueOperations: 0,
  kvReads: 0,
  kvWrites: 0,
  r2ClassA: 0,
  r2ClassB: 0,
  logEvents: 0,
};
const HOUR_MS = 3_600_000;

describe("the price of a thousand call-minutes", () => {
  it("is $0.14 for an hour in one active object that takes a hundred messages a second", () => {
    const cost = priceUnits(
      {
        ...NOTHING,
        objectRequests: requestsOfMessages(100 * 3600),
        objectGbSeconds: objectGbSeconds(HOUR_MS),
      },
      HOUR_MS,
    );
    expect(cost.lines.map(({ name, usd }) => [name, Number(usd.toFixed(3))])).toEqual([
      ["Object duration, GB-s", 0.096],
      ["Object requests", 0.045],
    ]);
    expect(cost.usd).toBeCloseTo(0.141, 3);
  });

  it("counts a queue's message three times", () => {
    const cost = priceUnits({ ...NOTHING, queueOperations: operationsOfMessages(1) }, 60_000);
    expect(cost.lines).toEqual([{ name: "Queue operations", units: 3000, usd: 0.0012 }]);
  });

  it("is refused for a call that did not last", () => {
    expect(() => priceUnits(NOTHING, 0)).toThrow("without a duration");
  });
});
