import { expect, it } from "vitest";
import { runDemo } from "../src/demo/run-demo.ts";
import { useStack } from "./support/use-stack.ts";

const product = useStack();

it("follows calls from the first ring to the last word without losing anything", async () => {
  const reports = await runDemo(product.stack, { calls: 3, audioFile: undefined, tell: () => undefined });
  expect(reports).toHaveLength(3);
  for (const report of reports) {
    expect(report.problems).toEqual([]);
    expect(report.transcript).toMatchObject({ wordErrorRate: 0 });
    expect(report.transcript.words).toBeGreaterThan(10);
    expect(report.transcript.maxTimingErrorMs).toBeLessThanOrEqual(50);
  }
  expect(new Set(reports.map(({ callId }) => callId)).size).toBe(3);
});
