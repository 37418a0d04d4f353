import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { newId, type WorkspaceId } from "@earwitness/shared";
import { expect, test } from "vitest";
import { withServices } from "./setup/record.ts";

/** The alarm's time, and what a row's way may take on a busy machine. */
const WITHIN_MS = 15_000;

/** Once at least: whoever dies between telling and noting it tells it again. */
const NEWS = { entity: "number", callId: null };

const newsOf = (workspaceId: WorkspaceId) => env.WORKSPACE_ROOM.getByName(workspaceId).kept("news");
const outboxAlarm = () => env.OUTBOX_ALARM.getByName("outbox");
const isSet = () =>
  runInDurableObject(outboxAlarm(), async (_object, { storage }) => (await storage.getAlarm()) !== null);

test("what is committed comes out within seconds though whoever committed it died, and no cron runs", async () => {
  const workspaceId = newId("workspace");
  // As if killed between the commit and the drain: nothing but the transaction is done. Until one arms: an isolate that armed a
  // moment ago does not arm again, though the setup has taken that alarm away.
  const commit = () => withServices(({ ctx }) => ctx.unitOfWork((tx) => tx.outbox.tellNumbers(workspaceId)), true);
  await expect.poll(() => commit().then(isSet), { interval: 500, timeout: WITHIN_MS }).toBe(true);
  await expect.poll(() => newsOf(workspaceId), { timeout: WITHIN_MS }).toContainEqual(NEWS);
}, 40_000);

test("what is committed comes out though the alarm's own object is killed after it was armed", async () => {
  const workspaceId = newId("workspace");
  await outboxAlarm().arm();
  await withServices(({ ctx }) => ctx.unitOfWork((tx) => tx.outbox.tellNumbers(workspaceId)));
  await abortAllDurableObjects();
  await expect.poll(() => newsOf(workspaceId), { timeout: WITHIN_MS }).toContainEqual(NEWS);
}, 20_000);

test("the alarm rests once nothing is left: what it does by itself arms it no more", async () => {
  await outboxAlarm().arm();
  expect(await isSet()).toBe(true);
  // Rows that other tests have left keep it set rightly.
  const isLeft = () => withServices(async ({ ctx }) => (await ctx.unitOfWork((tx) => tx.outbox.nextDue())) !== null);
  // While it rings it is not set for a moment: at rest it stays so.
  const isAtRest = async () => {
    for (let times = 0; times < 6; times++) {
      if ((await isSet()) && !(await isLeft())) return false;
      await new Promise((done) => setTimeout(done, 250));
    }
    return true;
  };
  await expect.poll(isAtRest, { timeout: 2 * WITHIN_MS }).toBe(true);
}, 40_000);
