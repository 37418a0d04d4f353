import { expect, it } from "vitest";
import { rideOutage } from "../src/database-away/ride-outage.ts";
import { useStack } from "./support/use-stack.ts";

/** Short beside what `pnpm database-away` tries by hand, and long enough for messages to have been put off several times. */
const OUTAGE_MS = 20_000;

const product = useStack({ emulators: { telnyx: { pace: 5 }, assemblyai: { processingMs: 500 } } });

it("a database that is away under calls costs no notice, and is caught up with", async () => {
  await product.openWorkspace();
  const result = await rideOutage(product.stack, { outageMs: OUTAGE_MS, everyMs: 2_500, tell: () => {} });
  expect(result.notices).toBeGreaterThan(20);
  expect(result).toMatchObject({ lostNotices: 0, recorded: { whole: result.calls, recordings: result.calls } });
  expect(result.recorded).toMatchObject({ transcripts: result.calls, deadJobs: 0 });
}, 600_000);
