import { withClient } from "@earwitness/local-postgres";
import { CallList, CallView, RetryTaken, TranscriptView } from "@earwitness/shared";
import { describe, expect, test } from "vitest";
import { eventually, useStack } from "./support/use-stack.ts";
import { newCaller } from "./support/whole-call.ts";

const OWNER = "owner@second-chances.example";

describe("what goes wrong at first", () => {
  const product = useStack({ emulators: { telnyx: { pace: 10 } } });

  test("a call to a number of nobody is answered, not recorded, and kept with the reason; the next one is somebody's", async () => {
    const from = newCaller();
    const callSessionId = await product.ringIn({ from });
    const over = await eventually("the call to be over", async () => {
      const { webhooks } = await product.carrierCall(callSessionId);
      return webhooks.some(({ event, state }) => event === "call.hangup" && state === "delivered")
        ? webhooks
        : undefined;
    });
    expect(over.map(({ event }) => event)).toContain("call.answered");
    expect(over.map(({ event }) => event)).not.toContain("call.recording.saved");
    const kept = await eventually("the call to be written down", async () => {
      const { rows } = await withClient(product.stack.databaseUrl, (client) =>
        client.query("select to_address, reason, ended_at from unrouted_calls where from_address = $1", [from]),
      );
      return rows[0]?.ended_at ? rows : undefined;
    });
    expect(kept).toEqual([
      { to_address: expect.any(String), reason: expect.stringContaining("no workspace"), ended_at: expect.any(Date) },
    ]);

    const { client } = await product.openWorkspace(OWNER);
    const next = newCaller();
    await product.ringIn({ from: next });
    await eventually("the next call to be recorded and transcribed", async () => {
      const { calls } = await client.request(CallList, "GET", `/v1/calls?number=${encodeURIComponent(next)}`);
      return calls.find(({ transcriptState }) => transcriptState === "ready");
    });
  });

  test("a transcript that the vendor fails for good comes when a person asks again", async () => {
    const { client } = await product.openWorkspace(OWNER);
    const message = "Audio file type not supported";
    await product.control("POST", "/faults", { target: "assemblyai", effect: "fail", message });
    const from = newCaller();
    await product.ringIn({ from });
    const transcribed = (state: string) =>
      eventually(`the transcript to be ${state}`, async () => {
        const { calls } = await client.request(CallList, "GET", `/v1/calls?number=${encodeURIComponent(from)}`);
        return calls.find(({ transcriptState }) => transcriptState === state);
      });
    const { id } = await transcribed("failed");
    const { transcriptFailure } = await client.request(CallView, "GET", `/v1/calls/${id}`);
    expect(transcriptFailure).toMatchObject({ code: "audio_not_readable", message, canRetry: true });
    await client.request(RetryTaken, "POST", `/v1/calls/${id}/transcript/retry`);
    await transcribed("ready");
    const { utterances, failure } = await client.request(TranscriptView, "GET", `/v1/calls/${id}/transcript`);
    expect([utterances.length > 0, failure]).toEqual([true, null]);
  });
});
