import { backfill } from "./backfill.ts";
import { contract } from "./contract.ts";
import { expand } from "./expand.ts";
import { release } from "./release.ts";
import { type Client, readProgress, type SessionTable } from "./table.ts";

/** The steps in their order; each may be run again at any time. */
export const STEPS = ["status", "expand", "backfill", "release", "contract"] as const;
export type Step = (typeof STEPS)[number];

/** Does one step, and tells by `say` what it did. Throws, changing nothing, where one before it is missing. */
export async function runStep(
  step: Step,
  client: Client,
  names: SessionTable,
  say: (line: string) => void,
): Promise<void> {
  switch (step) {
    case "status":
      break;
    case "expand":
      await expand(client, names);
      break;
    case "backfill":
      await backfill(client, names, { onBatch: (hashed) => say(`${hashed} sessions hashed`) });
      break;
    case "release":
      await release(client, names);
      break;
    case "contract":
      await contract(client, names);
      break;
  }
  const { hasRawColumn, hasHashColumn, hasTrigger, unhashed, isRawOptional } = await readProgress(client, names);
  say(`Raw tokens in the table: ${hasRawColumn ? (isRawOptional ? "yes, optional" : "yes, required") : "no"}`);
  say(`Hashes in the table: ${hasHashColumn ? `yes, ${unhashed} missing` : "no"}`);
  if (hasTrigger) say("The trigger hashes what is written with a raw token, and keeps tokens as they are.");
}
