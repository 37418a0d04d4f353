import { describe, expect, it } from "vitest";
import type { WatchedCall } from "../src/live/watch-call.ts";
import type { OpenWorkspace } from "../src/session/open-workspace.ts";
import { callAndWatch, heardWords, judgeLive, readCoverage, watch } from "./support/live-call.ts";
import { eventually, useStack } from "./support/use-stack.ts";

/** A conversation that is long enough for something to go wrong in its middle. */
const SCRIPT = "order-status";
/** One in whose silence a runtime is killed and comes back. */
const LONG_SILENCE = {
  lines: [
    { speaker: "agent", text: "Thank you for calling Harbor Supply, this is Maria." },
    { speaker: "caller", text: "Hi Maria, my order has not arrived yet." },
    { speaker: "agent", text: "I found it. The parcel leaves our warehouse tomorrow morning.", pauseBeforeMs: 40_000 },
    { speaker: "caller", text: "Perfect, thanks for your help." },
  ],
};

describe("a call while it is spoken", () => {
  const product = useStack({ emulators: { telnyx: { pace: 2 }, assemblyai: { processingMs: 500 } } });
  let opened: Promise<OpenWorkspace> | undefined;
  const owner = () => {
    opened ??= product.openWorkspace();
    return opened;
  };

  it("is captioned as it is said, and each frame is kept once", async () => {
    const workspace = await owner();
    const call = await callAndWatch(product, workspace, { script: SCRIPT });
    await heardWords(call, 5);
    // While it lasts: what was heard so far is kept so far.
    const during = await readCoverage(workspace, call.callId);
    expect(during.isFinal).toBe(false);
    const { exactErrors, liveErrors, coverage, live, followed } = await judgeLive(product, workspace, call);
    expect(exactErrors).toBe(0);
    expect(liveErrors).toBe(0);
    expect(live).toMatchObject({ kind: "live", version: 1 });
    expect(followed.transcript).toMatchObject({ kind: "exact", version: 2, comparison: { wordsChanged: 0 } });
    // Before the recording the announcement is spoken; nothing else is missing.
    expect(coverage.missing.map(({ reason }) => reason)).toEqual(["before_recording"]);
    expect(coverage.captions?.gaps).toEqual([]);
    const { heard, captions } = call.watched;
    expect(heard).toEqual(heard.map((_, i) => (heard[0] ?? 0) + i));
    expect([...captions.values()].every(({ isFinal }) => isFinal)).toBe(true);
  });

  it.each([
    [
      "its transcriber's sockets close in the middle of a word",
      { target: "streaming", effect: "close", code: 3005, afterMs: 3_330, times: 2 },
    ],
    ["its transcriber says nothing any more", { target: "streaming", effect: "stall", times: 2 }],
    ["its transcriber refuses at first", { target: "streaming", effect: "refuse", code: 3009, times: 2 }],
    ["the carrier's media socket drops", { target: "media", effect: "drop", afterMs: 4_000 }],
    ["the carrier loses frames", { target: "media", effect: "lose", afterMs: 3_000, frames: 5 }],
    ["the carrier shuffles frames", { target: "media", effect: "reorder", afterMs: 1_000 }],
  ])("is whole in the end though %s", async (_, fault) => {
    const workspace = await owner();
    await product.control("POST", "/faults", fault);
    const call = await callAndWatch(product, workspace, { script: SCRIPT });
    const { exactErrors, coverage, followed } = await judgeLive(product, workspace, call);
    await product.control("DELETE", "/faults");
    expect(exactErrors).toBe(0);
    expect(followed.call.recordings).toHaveLength(1);
    expect(coverage.missing.map(({ reason }) => reason)).toEqual(["before_recording"]);
  });

  it("is whole in the end though workerd is killed in the middle of it, and captioned again as soon as it is back", async () => {
    const workspace = await owner();
    const call = await callAndWatch(product, workspace, { script: LONG_SILENCE });
    await heardWords(call, 6);
    await product.stack.runtime.kill();
    const { exactErrors, coverage, live } = await judgeLive(product, workspace, call);
    expect(exactErrors).toBe(0);
    expect(coverage.missing.map(({ reason }) => reason)).toEqual(["before_recording"]);
    // What was lost of the live sound in the kill itself is less than two seconds, beside the time without a runtime.
    expect(coverage.live.length).toBeGreaterThan(0);
    const gaps = coverage.captions?.gaps ?? [];
    expect(new Set(gaps.map(({ reason }) => reason))).toEqual(new Set(["room_reset"]));
    const backAtMs = Math.max(...gaps.map(({ endMs }) => endMs));
    expect(live.utterances.filter(({ startMs }) => startMs >= backAtMs).map(({ text }) => text)).toEqual(
      LONG_SILENCE.lines.slice(2).map(({ text }) => text),
    );
  });

  it("is put together from what was heard when the carrier's recording never comes", async () => {
    const workspace = await owner();
    await product.control("POST", "/faults", {
      target: "webhook",
      effect: "drop",
      times: 50,
      match: { event: "call.recording.saved" },
    });
    // Nor does the carrier know of it, of its notice or of its file.
    for (const path of ["/webhook_deliveries", "/recordings"]) {
      await product.control("POST", "/faults", {
        target: "telnyx",
        effect: "status",
        status: 404,
        times: 500,
        match: { method: "GET", path },
      });
    }
    const call = await callAndWatch(product, workspace, { script: SCRIPT });
    const { followed, coverage, exactErrors } = await judgeLive(product, workspace, call, { cronAheadMs: 16 * 60_000 });
    await product.control("DELETE", "/faults");
    expect(followed.call.recordings).toHaveLength(1);
    expect(followed.call.recordings[0]).toMatchObject({ state: "stored", channels: 2 });
    expect(coverage.recordedMs).toBe(0);
    expect(coverage.liveMs).toBeGreaterThan(0);
    expect(exactErrors).toBe(0);
  });

  it("reaches a browser that comes back twenty times without a hole", async () => {
    const workspace = await owner();
    await product.control("POST", "/pace", { pace: 1 });
    const call = await callAndWatch(product, workspace, { script: SCRIPT });
    const restless = await watch(product, workspace, call.callId);
    for (let times = 0; times < 20; times++) {
      const before = restless.heard.length;
      await eventually("something more to be heard", async () => (restless.heard.length > before ? true : undefined));
      await restless.reconnect();
    }
    await judgeLive(product, workspace, call);
    expectAlike(restless, call.watched);
    expect(restless.resets).toBe(0);
    restless.close();
  });

  it("reaches two hundred browsers alike", async () => {
    const workspace = await owner();
    await product.control("POST", "/pace", { pace: 1 });
    const call = await callAndWatch(product, workspace, { script: SCRIPT });
    const others: (typeof call.watched)[] = [];
    while (others.length < 200) {
      others.push(...(await Promise.all(Array.from({ length: 25 }, () => watch(product, workspace, call.callId)))));
    }
    await judgeLive(product, workspace, call);
    for (const watched of others) {
      expectAlike(watched, call.watched);
      watched.close();
    }
  });
});

/** Both have seen the same words in the end, without a hole, and nobody was sent away. */
function expectAlike(watched: WatchedCall, other: WatchedCall): void {
  const said = ({ captions }: WatchedCall) =>
    [...captions.values()]
      .map(({ id, text, isFinal }) => ({ id, text, isFinal }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(said(watched)).toEqual(said(other));
  expect(watched.heard).toEqual(watched.heard.map((_, i) => (watched.heard[0] ?? 0) + i));
  expect(watched.closes).toEqual([]);
}
