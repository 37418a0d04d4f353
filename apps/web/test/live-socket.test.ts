import { type LiveFrame, newId } from "@earwitness/shared";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openLiveSocket } from "../src/live/live-socket.ts";
import type { LinkState } from "../src/live/resuming-socket.ts";
import { Line } from "./support/line.ts";

const hello = (seq: number): LiveFrame => ({ v: 1, seq, type: "hello", workspaceId: newId("workspace") });
const changed = (seq: number): LiveFrame => ({ v: 1, seq, type: "changed", entity: "call", callId: newId("call") });

function listen() {
  const heard: LiveFrame[] = [];
  const links: LinkState["is"][] = [];
  const signedOut = vi.fn();
  const close = openLiveSocket({
    url: "wss://own/api/live",
    onFrame: (frame) => heard.push(frame),
    onLink: (state) => links.push(state.is),
    onSignedOut: signedOut,
    open: Line.open,
    random: () => 1,
  });
  return { heard, links, signedOut, close };
}
async function say(line: Line, ...frames: LiveFrame[]) {
  line.say(...frames);
  await vi.advanceTimersByTimeAsync(0);
}

/** Tells of the network, as a browser's window does. */
const network = new EventTarget();

beforeEach(() => {
  vi.useFakeTimers();
  Line.opened = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a lost line is opened again and resumes after the last number heard", async () => {
  const { heard, links, close } = listen();
  expect(Line.last.url).toBe("wss://own/api/live");
  await say(Line.last, hello(7), changed(8));
  Line.last.onclose?.({ code: 1006 });
  expect(links).toEqual(["in-step", "cut-off"]);
  await vi.advanceTimersByTimeAsync(500);
  expect(Line.last.url).toBe("wss://own/api/live?after=8");
  await say(Line.last, hello(8), changed(9));
  expect(links.at(-1)).toBe("in-step");
  expect(heard.map(({ seq }) => seq)).toEqual([7, 8, 8, 9]);
  close();
});

test("each failed try waits twice as long, up to a limit, and the loss is told once", async () => {
  const { links, close } = listen();
  await say(Line.last, hello(1));
  const waits: number[] = [];
  for (let i = 0; i < 8; i++) {
    const before = Line.opened.length;
    Line.last.onclose?.({ code: 1006 });
    let waited = 0;
    while (Line.opened.length === before) {
      await vi.advanceTimersByTimeAsync(100);
      waited += 100;
    }
    waits.push(waited);
  }
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 15000, 15000, 15000]);
  expect(links).toEqual(["in-step", "cut-off"]);
  close();
});

test("a line that answers no ping is dead", async () => {
  const { links, close } = listen();
  Line.last.onopen?.();
  await say(Line.last, hello(1));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(Line.last.sent).toEqual(["ping"]);
  Line.last.onmessage?.({ data: "pong" });
  await vi.advanceTimersByTimeAsync(29_999);
  expect(Line.opened).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(10_001);
  expect(Line.opened[0]?.isClosed).toBe(true);
  expect(links.at(-1)).toBe("cut-off");
  close();
});

test("when the network goes the line counts as lost at once, and when it comes back no wait is waited out", async () => {
  vi.stubGlobal("addEventListener", network.addEventListener.bind(network));
  vi.stubGlobal("removeEventListener", network.removeEventListener.bind(network));
  const { links, close } = listen();
  await say(Line.last, hello(3));
  network.dispatchEvent(new Event("offline"));
  expect(links.at(-1)).toBe("cut-off");
  expect(Line.opened[0]?.isClosed).toBe(true);
  network.dispatchEvent(new Event("online"));
  expect(Line.opened.map(({ url }) => url)).toEqual(["wss://own/api/live", "wss://own/api/live?after=3"]);
  close();
  network.dispatchEvent(new Event("offline"));
  network.dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(Line.opened).toHaveLength(2);
});

test("a refusal for want of a session ends it: nothing is opened again", async () => {
  const { signedOut } = listen();
  Line.last.onclose?.({ code: 4401 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(signedOut).toHaveBeenCalledOnce();
  expect(Line.opened).toHaveLength(1);
});

test("after closing, nothing is heard and nothing opened", async () => {
  const { heard, close } = listen();
  const line = Line.last;
  close();
  await say(line, changed(2));
  await vi.advanceTimersByTimeAsync(60_000);
  expect([heard, Line.opened.length]).toEqual([[], 1]);
});

test("what arrives is acknowledged every twenty frames, and no other thing is", async () => {
  const { close } = listen();
  await say(Line.last, hello(0));
  for (let seq = 1; seq <= 45; seq++) await say(Line.last, changed(seq));
  expect(Line.last.actions("ack").map(({ seq }) => seq)).toEqual([20, 40]);
  close();
});

test("whoever closes it when told of a loss is not joined again", async () => {
  const close = openLiveSocket({
    url: "wss://own/api/live",
    onFrame: () => undefined,
    onLink: ({ is }) => is === "cut-off" && close(),
    onSignedOut: () => undefined,
    open: Line.open,
  });
  await say(Line.last, hello(0));
  Line.last.onclose?.({ code: 1000 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(Line.opened).toHaveLength(1);
});
