import { createExecutionContext, createScheduledController, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { auditHeadKey, keepAuditHeads } from "@earwitness/core";
import { newId, type WorkspaceId } from "@earwitness/shared";
import { expect, test } from "vitest";
import worker from "../src/index.ts";
import { withServices } from "./setup/record.ts";

const append = (workspaceId: WorkspaceId) =>
  withServices(({ ctx }) =>
    ctx.unitOfWork((tx) =>
      tx.audit.append({ action: "numbers.synced", object: { kind: "workspace", id: workspaceId }, workspaceId }),
    ),
  );

async function aLog() {
  const workspaceId = newId("workspace");
  await withServices(({ ctx }) => ctx.unitOfWork((tx) => tx.workspaces.add({ id: workspaceId, name: "Test" })));
  return append(workspaceId);
}

async function fireHourly(): Promise<void> {
  const context = createExecutionContext();
  await worker.scheduled(createScheduledController({ cron: "0 * * * *", scheduledTime: new Date() }), env, context);
  await waitOnExecutionContext(context);
}

const kept = async (head: { workspaceId: WorkspaceId; n: number }) =>
  (await env.RECORDINGS.get(auditHeadKey(head)))?.json<unknown>();

test("each hour the head of each audit log is kept in the storage, and those that were stay", async () => {
  const first = await aLog();
  expect(auditHeadKey(first)).toBe(`audit-heads/${first.workspaceId}/1.json`);
  await fireHourly();
  expect(await kept(first)).toEqual(first);
  const [second] = [await append(first.workspaceId), await append(first.workspaceId)].toReversed();
  if (second === undefined) throw new Error("There are two.");
  await fireHourly();
  await fireHourly();
  expect(await kept(first)).toEqual(first);
  expect(await kept(second)).toEqual(second);
});

test("a log that was written anew is told as an error, and what was kept of the old one stays", async () => {
  const head = await aLog();
  const before = { ...head, sha256: "0".repeat(64) };
  await env.RECORDINGS.put(auditHeadKey(head), JSON.stringify(before));
  const errors: unknown[] = [];
  await withServices(({ ctx, ports }) => {
    const log = { ...ctx.log, error: (...args: unknown[]) => void errors.push(args) };
    return keepAuditHeads({ ...ctx, log }, ports.store);
  });
  expect(errors).toEqual([["The audit log is not what it was", expect.objectContaining(head)]]);
  expect(await kept(head)).toEqual(before);
});
