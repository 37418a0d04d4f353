import { expect, it } from "vitest";
import { runDemo } from "../src/demo/run-demo.ts";
import { useStack } from "./support/use-stack.ts";

// Calls pass ten times faster here and are looked at as often as in life: half of what one key is good for must do.
const product = useStack({ bindings: { REQUESTS_PER_MINUTE_OF_ONE: "300" } });

it("follows twenty calls at once from the first ring to the last word without losing anything", async () => {
  const reports = await runDemo(product.stack, { calls: 20, audioFile: undefined, tell: () => undefined });
  expect(reports).toHaveLength(20);
  for (const report of reports) {
    expect(report.problems).toEqual([]);
    expect(report.transcript).toMatchObject({ wordErrorRate: 0 });
    expect(report.transcript.words).toBeGreaterThan(10);
    expect(report.transcript.maxTimingErrorMs).toBeLessThanOrEqual(50);
  }
  expect(new Set(reports.map(({ callId }) => callId)).size).toBe(20);
}, 300_000);
