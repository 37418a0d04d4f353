import { env } from "cloudflare:workers";
import { newId } from "@earwitness/shared";
import { expect, test } from "vitest";
import { withServices } from "./setup/record.ts";

/** The alarm's time, and what a row's way may take on a busy machine. */
const WITHIN_MS = 15_000;

test("what is committed comes out within seconds though whoever committed it died, and no cron runs", async () => {
  const workspaceId = newId("workspace");
  // As if killed between the commit and the drain: nothing but the transaction is done.
  await withServices(({ ctx }) => ctx.unitOfWork((tx) => tx.outbox.tellNumbers(workspaceId)), true);
  await expect
    .poll(() => env.WORKSPACE_ROOM.getByName(workspaceId).kept("news"), { timeout: WITHIN_MS })
    .toEqual([{ entity: "number", callId: null }]);
}, 20_000);
