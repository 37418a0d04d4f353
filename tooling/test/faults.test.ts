import { describe, expect, it } from "vitest";
import { z } from "zod";
import { judgeCall } from "../src/demo/judge-call.ts";
import type { OpenWorkspace } from "../src/session/open-workspace.ts";
import { eventually, useStack } from "./support/use-stack.ts";
import { expectCommandedOnce, expectWhole, newCaller, settle } from "./support/whole-call.ts";

const Transcripts = z.object({ transcripts: z.array(z.object({ id: z.string(), hasAudio: z.boolean() })) });

describe("a call survives", () => {
  const product = useStack({ emulators: { telnyx: { pace: 5 }, assemblyai: { processingMs: 1_000 } } });
  let opened: Promise<OpenWorkspace> | undefined;
  const owner = () => {
    opened ??= product.openWorkspace();
    return opened;
  };
  const transcripts = async () => Transcripts.parse(await product.control("GET", "/transcripts")).transcripts;
  const transcriptsAsked = async () => (await transcripts()).length;
  const delivered = (callSessionId: string, event: string) =>
    eventually(`${event} to be delivered`, async () => {
      const { webhooks } = await product.carrierCall(callSessionId);
      return webhooks.some((webhook) => webhook.event === event && webhook.state === "delivered") ? true : undefined;
    });

  it.each([
    ["every notice twice", [{ effect: "duplicate", times: 20 }]],
    ["notices out of order", [{ effect: "reorder", delayMs: 400, times: 20 }]],
    ["a late hang-up", [{ effect: "delay", delayMs: 2_000, match: { event: "call.hangup" } }]],
  ])("%s", async (_, faults) => {
    const workspace = await owner();
    const before = await transcriptsAsked();
    for (const fault of faults) await product.control("POST", "/faults", { target: "webhook", ...fault });
    const from = newCaller();
    const callSessionId = await product.ringIn({ from });
    const followed = await settle(product, workspace, { callSessionId, from });
    await product.control("DELETE", "/faults");
    expectWhole(followed);
    expect(await transcriptsAsked()).toBe(before + 1);
  });

  it("a transfer of the recording that breaks, and an address that has died", async () => {
    const workspace = await owner();
    await product.control("POST", "/faults", { target: "recording", effect: "cut", bytes: 20_000 });
    await product.control("POST", "/faults", { target: "recording", effect: "expire" });
    const from = newCaller();
    const callSessionId = await product.ringIn({ from });
    expectWhole(await settle(product, workspace, { callSessionId, from }));
  });

  it.each([
    ["the call itself", { event: "call.initiated" }],
    ["the hang-up", { event: "call.hangup" }],
    ["the recording", { event: "call.recording.saved" }],
    ["the transcript", { event: "completed", vendor: "assemblyai" }],
  ])("the loss of the notice of %s, because the vendor is asked", async (_, match) => {
    const workspace = await owner();
    await product.control("POST", "/faults", { target: "webhook", effect: "drop", times: 20, match });
    const from = newCaller();
    const callSessionId = await product.ringIn({ from });
    const followed = await settle(product, workspace, { callSessionId, from }, { cronAheadMs: 5 * 60_000 });
    await product.control("DELETE", "/faults");
    const { report } = judgeCall(followed);
    expect(report.problems.filter((problem) => !problem.includes("notice"))).toEqual([]);
    expect(report.transcript.wordErrorRate).toBe(0);
  });

  it("Postgres being away while it lasts", async () => {
    const workspace = await owner();
    const { postgres } = product.stack;
    if (postgres === undefined) throw new Error("This test stops the stack's own Postgres");
    const from = newCaller();
    await postgres.stop();
    const callSessionId = await product.ringIn({ from });
    await delivered(callSessionId, "call.hangup");
    await delivered(callSessionId, "call.recording.saved");
    const { webhooks } = await product.carrierCall(callSessionId);
    expect(webhooks.map(({ state, attempts }) => ({ state, attempts: attempts.length }))).toEqual(
      webhooks.map(() => ({ state: "delivered", attempts: 1 })),
    );
    await postgres.start();
    expectWhole(await settle(product, workspace, { callSessionId, from }));
  });

  it.each([
    ["when it has just rung", "call.initiated"],
    ["when it was answered", "call.answered"],
    ["when the announcement was spoken", "call.speak.ended"],
    ["when it was hung up", "call.hangup"],
    ["when its recording was saved", "call.recording.saved"],
  ])(
    "kill -9 of workerd %s",
    async (_, event) => {
      const workspace = await owner();
      const before = await transcriptsAsked();
      const from = newCaller();
      const callSessionId = await product.ringIn({ from });
      await delivered(callSessionId, event);
      await product.stack.killWorkers();
      const followed = await settle(product, workspace, { callSessionId, from }, { withinMs: 120_000 });
      expectCommandedOnce(followed);
      expectWhole(followed);
      expect(await transcriptsAsked()).toBe(before + 1);
    },
    150_000,
  );

  it("kill -9 of workerd while the transcriber works", async () => {
    const workspace = await owner();
    const before = await transcriptsAsked();
    const from = newCaller();
    const callSessionId = await product.ringIn({ from });
    // R2 outlives a Worker, and is killed with it here: audio that is cut off half-way would rightly be submitted again.
    await eventually("the transcriber to have the audio", async () =>
      (await transcripts()).slice(before).some(({ hasAudio }) => hasAudio) ? true : undefined,
    );
    await product.stack.killWorkers();
    const followed = await settle(product, workspace, { callSessionId, from }, { withinMs: 120_000 });
    expectCommandedOnce(followed);
    expectWhole(followed);
    expect(await transcriptsAsked()).toBe(before + 1);
  });
});
