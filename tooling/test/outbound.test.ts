import { CallView, PlacedCall } from "@earwitness/shared";
import { beforeAll, describe, expect, test } from "vitest";
import type { OpenWorkspace } from "../src/session/open-workspace.ts";
import { eventually, useStack } from "./support/use-stack.ts";

const product = useStack();
let workspace: OpenWorkspace;
beforeAll(async () => {
  workspace = await product.openWorkspace();
});

/** Has the number behave as `entry` says, and rings it. */
async function ring(to: string, entry: object, wish: object = {}): Promise<string> {
  await product.control("PUT", `/phonebook/${encodeURIComponent(to)}`, entry);
  const [number] = workspace.numbers;
  const { callId } = await workspace.client.request(PlacedCall, "POST", "/v1/calls", { from: number?.id, to, ...wish });
  return callId;
}

const view = (callId: string) => workspace.client.request(CallView, "GET", `/v1/calls/${callId}`);
const seen = (callId: string, what: string, is: (call: CallView) => boolean) =>
  eventually(`the call to be ${what}`, async () => {
    const call = await view(callId);
    return is(call) ? call : undefined;
  });
const ended = (callId: string) => seen(callId, "over", ({ state }) => state === "ended");

describe("a call that nobody answers is told from the others", () => {
  test.each([
    ["busy", "+14155570001", { behaviour: "busy" }, "busy"],
    ["rejected", "+14155570002", { behaviour: "rejected" }, "rejected"],
    ["not answered", "+14155570003", { behaviour: "no_answer" }, "no_answer"],
    ["to no number", "+14155570004", { behaviour: "failed" }, "not_found"],
    ["broken", "+14155570005", { behaviour: "failed", hangupCause: "call_failed" }, "failed"],
  ])("%s", async (_what, to, entry, hangupCause) => {
    const call = await ended(await ring(to, entry));
    expect(call).toMatchObject({ hangupCause, durationMs: 0, answeredAt: null, recordings: [], transcriptId: null });
  });

  test("by a machine, where one asked to know", async () => {
    const call = await ended(await ring("+14155570006", { behaviour: "machine" }, { detectMachine: true }));
    expect(call).toMatchObject({ hangupCause: "machine", recordings: [] });
    expect(call.answeredAt).not.toBeNull();
  });
});

describe("hanging up", () => {
  const hangUp = (callId: string) => workspace.client.fetch(`/v1/calls/${callId}/hangup`, { method: "POST" });

  test("while it rings cancels the call, once, however many ask at once", async () => {
    const callId = await ring("+14155570007", { behaviour: "answer", afterMs: 600_000 });
    await seen(callId, "ringing", ({ legs }) => legs.length > 0);
    const answers = await Promise.all([hangUp(callId), hangUp(callId), hangUp(callId)]);
    const effects = await Promise.all(answers.map(async (answer) => [answer.status, await answer.json()]));
    // The carrier is quick: who asks last may hear that the call has ended already.
    const outcomes = effects.map(([status, body]) => (status === 202 ? body.effect : body.code)).sort();
    expect(outcomes).toContain("begun");
    expect(outcomes.filter((outcome) => outcome === "already" || outcome === "conflict")).toHaveLength(2);
    expect(await ended(callId)).toMatchObject({ hangupCause: "cancelled", durationMs: 0 });
    const late = await hangUp(callId);
    expect([late.status, (await late.json()).code]).toEqual([409, "conflict"]);
  });
});
