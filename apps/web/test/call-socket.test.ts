import { type CallFrame, newId } from "@earwitness/shared";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openCallSocket } from "../src/live/call-socket.ts";
import { clockOffset, keepSample } from "../src/live/server-clock.ts";
import { caption, RUNNING } from "./support/captions.ts";
import { Line } from "./support/line.ts";

const callId = newId("call");
const hello = (seq: number, epoch = "e1") => ({ v: 1, seq, type: "hello", callId, epoch, serverMs: 0 });
const snapshot = (seq: number) => ({ v: 1, seq, type: "snapshot", state: RUNNING, captions: [], marks: [] });
const said = (seq: number, id = `c${seq}`) => ({ v: 1, seq, type: "caption", caption: caption(id, "No heat.") });
const levels = (seq: number) => ({ v: 1, seq, type: "levels", caller: 0.5, agent: 0, positionMs: 0 });

function watch(now: () => number = () => 0) {
  const heard: CallFrame[] = [];
  const gone = vi.fn();
  const socket = openCallSocket({
    url: `wss://own/api/live?call=${callId}`,
    onFrame: (frame) => heard.push(frame),
    onSound: vi.fn(),
    onLink: vi.fn(),
    onSignedOut: vi.fn(),
    onGone: gone,
    open: Line.open,
    random: () => 1,
    now,
  });
  const numbers = () => heard.filter(({ type }) => type === "caption").map(({ seq }) => seq);
  return { heard, numbers, gone, socket };
}

beforeEach(() => {
  vi.useFakeTimers();
  Line.opened = [];
});
afterEach(() => {
  vi.useRealTimers();
});

test("a lost line goes on after the last numbered frame of its epoch, and takes each frame once", async () => {
  const { numbers, socket } = watch();
  Line.last.say(hello(4), snapshot(4), said(5), levels(5), said(6));
  Line.last.onclose?.({ code: 1006 });
  await vi.advanceTimersByTimeAsync(500);
  expect(Line.last.url).toBe(`wss://own/api/live?call=${callId}&after=e1.6`);
  // The hello tells of what the server has reached; it is not yet what this page has heard.
  Line.last.say(hello(9), said(6), said(7));
  Line.last.onclose?.({ code: 1006 });
  await vi.advanceTimersByTimeAsync(500);
  expect(Line.last.url).toContain("after=e1.7");
  Line.last.say(hello(9), said(8), said(9));
  expect(numbers()).toEqual([5, 6, 7, 8, 9]);
  socket.close();
});

test("after a reset of the room another run of numbers begins, with a snapshot", async () => {
  const { numbers, heard, socket } = watch();
  Line.last.say(hello(90), snapshot(90), said(91));
  Line.last.onclose?.({ code: 1001 });
  await vi.advanceTimersByTimeAsync(500);
  Line.last.say(hello(0, "e2"), { v: 1, seq: 0, type: "reset" }, snapshot(1), said(2));
  expect(numbers()).toEqual([91, 2]);
  expect(heard.filter(({ type }) => type === "snapshot")).toHaveLength(2);
  Line.last.onclose?.({ code: 1006 });
  await vi.advanceTimersByTimeAsync(500);
  expect(Line.last.url).toContain("after=e2.2");
  socket.close();
});

test("frames that are worth nothing later are neither numbered nor acknowledged", () => {
  const { heard, socket } = watch();
  Line.last.say(hello(0), snapshot(1));
  for (let i = 0; i < 60; i++) Line.last.say(levels(1));
  expect(Line.last.actions("ack")).toEqual([]);
  expect(heard.filter(({ type }) => type === "levels")).toHaveLength(60);
  for (let seq = 2; seq <= 20; seq++) Line.last.say(said(seq));
  expect(Line.last.actions("ack")).toEqual([{ action: "ack", seq: 20 }]);
  socket.close();
});

test("a call that is no more is not asked for again", async () => {
  const { gone } = watch();
  Line.last.onclose?.({ code: 4404 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(gone).toHaveBeenCalledOnce();
  expect(Line.opened).toHaveLength(1);
});

test("the clock is asked several times, and the answer that came back fastest is believed", async () => {
  let now = 1_000;
  const { socket } = watch(() => now);
  Line.last.say(hello(0));
  expect(socket.serverNow()).toBeNull();
  expect(Line.last.actions("clock")).toEqual([{ action: "clock", sentMs: 1_000 }]);
  now = 1_400;
  Line.last.say({ v: 1, seq: 0, type: "clock", sentMs: 1_000, serverMs: 51_000 });
  now = 1_420;
  Line.last.say({ v: 1, seq: 0, type: "clock", sentMs: 1_400, serverMs: 51_410 });
  expect(socket.serverNow()).toBe(51_420);
  await vi.advanceTimersByTimeAsync(900);
  expect(Line.last.actions("clock")).toHaveLength(5);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(Line.last.actions("clock")).toHaveLength(6);
  socket.close();
});

test("old answers of the clock are forgotten, since clocks drift", () => {
  const sample = (offset: number, trip: number) => ({ sentMs: 0, receivedMs: trip, serverMs: trip / 2 + offset });
  let samples = [sample(100, 2)];
  for (let i = 0; i < 16; i++) samples = keepSample(samples, sample(130, 20));
  expect(clockOffset(samples)).toBe(130);
  expect(clockOffset([])).toBeNull();
});
