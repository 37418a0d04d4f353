import { CallView, type SteerCall, SteerTaken } from "@earwitness/shared";
import { describe, expect, it } from "vitest";
import type { OpenWorkspace } from "../src/session/open-workspace.ts";
import { callAndWatch, heardWords, judgeLive, type LiveCall } from "./support/live-call.ts";
import { eventually, useStack } from "./support/use-stack.ts";

const SCRIPT = "order-status";

describe("a call on the line is steered", () => {
  const product = useStack({ emulators: { telnyx: { pace: 1 }, assemblyai: { processingMs: 500 } } });
  let opened: Promise<OpenWorkspace> | undefined;
  const owner = () => {
    opened ??= product.openWorkspace();
    return opened;
  };
  async function steer(callId: string, wish: SteerCall, key: string = crypto.randomUUID()) {
    const { client } = await owner();
    const response = await client.fetch(`/v1/calls/${callId}/actions`, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify(wish),
    });
    const text = await response.text();
    if (response.status !== 202) throw new Error(`The wish was answered with ${response.status}: ${text}`);
    return SteerTaken.parse(JSON.parse(text));
  }
  const untilState = (
    call: LiveCall,
    what: string,
    is: (state: NonNullable<LiveCall["watched"]["state"]>) => boolean,
  ) => eventually(what, async () => (call.watched.state !== null && is(call.watched.state) ? true : undefined));

  it("into a pause that is in no recording, no chunk, no caption and no transcript", async () => {
    const workspace = await owner();
    const call = await callAndWatch(product, workspace, { script: SCRIPT });
    await heardWords(call, 5);
    const [first, second] = await Promise.all([
      steer(call.callId, { action: "pause_recording" }),
      steer(call.callId, { action: "pause_recording" }),
    ]);
    expect([first.effect, second.effect].sort()).toEqual(["already", "begun"]);
    expect(second.byName).not.toBeNull();
    await untilState(call, "the pause to be shown", ({ recording }) => recording === "paused");
    await eventually("three seconds of the call to pass", async () => {
      const sincePauseMs = Date.now() - Date.parse(first.at);
      return sincePauseMs > 3_000 ? true : undefined;
    });
    await steer(call.callId, { action: "resume_recording" });
    await untilState(call, "the recording to go on", ({ recording }) => recording === "running");
    const { coverage, live, followed, said } = await judgeLive(product, workspace, call);
    const [paused] = coverage.paused;
    expect(coverage.paused).toHaveLength(1);
    if (paused === undefined) return;
    expect(paused.endMs - paused.startMs).toBeGreaterThan(2_500);
    const inside = ({ startMs, endMs }: { startMs: number; endMs: number }) =>
      startMs >= paused.startMs && endMs <= paused.endMs;
    expect(live.utterances.flatMap(({ words }) => words).filter(inside)).toEqual([]);
    expect(coverage.live.some((span) => span.startMs < paused.endMs && span.endMs > paused.startMs + 500)).toBe(false);
    // The carrier's file is silent there: what was said in it is in nobody's transcript.
    const exact = followed.transcript?.utterances.flatMap(({ words }) => words) ?? [];
    expect(exact.length).toBeGreaterThan(0);
    // The carrier counts the words that it recorded whole. Of one that an edge of the pause cut, most may be left and heard.
    const recognised = exact.filter(({ text }) => text !== "[unrecognised speech]");
    expect(recognised.length).toBeLessThanOrEqual(said.length + 2);
    const fileStartMs =
      Date.parse(followed.call.recordings[0]?.startedAt ?? "") - Date.parse(followed.call.answeredAt ?? "");
    const placed = exact.map(({ startMs, endMs }) => ({ startMs: startMs + fileStartMs, endMs: endMs + fileStartMs }));
    expect(placed.filter(inside)).toEqual([]);
  });

  it("onto hold and back, with keys and a sound in between", async () => {
    const workspace = await owner();
    const call = await callAndWatch(product, workspace, { script: SCRIPT });
    await heardWords(call, 3);
    const key = crypto.randomUUID();
    const held = await steer(call.callId, { action: "hold" }, key);
    expect(await steer(call.callId, { action: "hold" }, key)).toEqual(held);
    await untilState(call, "the hold to be shown", (state) => state.held !== null);
    await steer(call.callId, { action: "send_dtmf", digits: "12#" });
    await steer(call.callId, { action: "resume" });
    await untilState(call, "the hold to be over", (state) => state.held === null);
    await steer(call.callId, { action: "play_sound", sound: "chime" });
    const { exactErrors, coverage } = await judgeLive(product, workspace, call);
    expect(exactErrors).not.toBeNull();
    expect(coverage.missing.map(({ reason }) => reason)).toEqual(["before_recording"]);
    const received = JSON.stringify(await product.control("GET", "/received?vendor=telnyx"));
    expect(received.match(/actions\/playback_start/g)?.length).toBe(2);
    expect(received).toMatch(/actions\/send_dtmf/);
  });

  it("to another number, and stays where it is when nobody is there", async () => {
    const workspace = await owner();
    await product.control("PUT", "/phonebook/+12125550177", { behaviour: "busy" });
    await product.control("PUT", "/phonebook/+12125550178", { behaviour: "answer", afterMs: 500, script: "short" });
    const call = await callAndWatch(product, workspace, { script: SCRIPT });
    await heardWords(call, 3);
    await steer(call.callId, { action: "transfer", to: "+12125550177" });
    await untilState(call, "the transfer to have failed", (state) => state.transfer?.state === "failed");
    await steer(call.callId, { action: "transfer", to: "+12125550178" });
    await untilState(call, "the transfer to be connected", (state) => state.transfer?.state === "connected");
    const { followed, coverage } = await judgeLive(product, workspace, call);
    expect(followed.call.recordings).toHaveLength(1);
    expect(coverage.missing.map(({ reason }) => reason)).toEqual(["before_recording"]);
    const view = await workspace.client.request(CallView, "GET", `/v1/calls/${call.callId}`);
    expect(view.legs.map(({ address }) => address)).toContain("+12125550178");
  });
});
