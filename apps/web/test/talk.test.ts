import { type CallFrame, type LiveMark, type NoteView, newId, type SteerTaken } from "@earwitness/shared";
import { expect, test, vi } from "vitest";
import { captionParts, lastWords } from "../src/features/talk/caption-words.ts";
import { createDigitQueue } from "../src/features/talk/digit-queue.ts";
import { markWords } from "../src/features/talk/mark-words.ts";
import { meant, shown } from "../src/features/talk/seen.ts";
import { standing } from "../src/features/talk/standing.ts";
import { alreadyWords } from "../src/features/talk/steer-words.ts";
import { marksThatHold, timelineOf } from "../src/features/talk/timeline.ts";
import { transferWords } from "../src/features/talk/transfer-words.ts";
import { LevelHistory } from "../src/live/level-history.ts";
import { applyFrame, NOTHING_HEARD } from "../src/live/live-call.ts";
import { caption, RUNNING } from "./support/captions.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");
const frame = (over: object): CallFrame => ({ v: 1, seq: 1, ...over }) as CallFrame;
const say = (...captions: ReturnType<typeof caption>[]) =>
  captions.reduce((call, each) => applyFrame(call, frame({ type: "caption", caption: each })), NOTHING_HEARD);

test("a caption comes again under its id until it is final, and stands where it began", () => {
  const call = say(
    caption("a", "No", { open: 1, startMs: 500 }),
    caption("b", "Since when?", { startMs: 300, channel: "agent" }),
    caption("a", "No heat", { open: 1, startMs: 500 }),
    caption("a", "No heat.", { startMs: 500 }),
  );
  expect(call.captions.map(({ id, text }) => [id, text])).toEqual([
    ["b", "Since when?"],
    ["a", "No heat."],
  ]);
});

test("what is final is not taken back by what comes late", () => {
  const call = say(caption("a", "No heat."), caption("a", "No", { open: 1 }));
  expect(call.captions.map(({ text }) => text)).toEqual(["No heat."]);
});

test("captions that were final before this page came are not measured", () => {
  const call = applyFrame(
    NOTHING_HEARD,
    frame({
      type: "snapshot",
      state: RUNNING,
      captions: [caption("a", "No heat."), caption("b", "Since", { open: 1 })],
      marks: [],
    }),
  );
  expect([...call.alreadySaid]).toEqual(["a"]);
});

test("a caption is parted at its first word that may still change", () => {
  expect(captionParts(caption("a", "so I put a", { open: 2 }))).toEqual({ settled: "so I ", open: "put a" });
  expect(captionParts(caption("a", "So I put a towel."))).toEqual({ settled: "So I put a towel.", open: "" });
  expect(captionParts({ ...caption("a", "so I", { open: 2 }), words: [] })).toEqual({ settled: "", open: "so I" });
});

test("a caption of a language without spaces is parted without one", () => {
  const refund = { ...caption("a", "我 要 退款", { open: 1 }), language: "zh" };
  expect(captionParts(refund)).toEqual({ settled: "我要", open: "退款" });
});

test("where there is little room, what is said last is shown, cut between words", () => {
  const long = caption("a", "one two three four five six seven eight", { open: 1 });
  expect(lastWords(long, 18)).toEqual({ settled: "… six seven ", open: "eight" });
  expect(lastWords(long, 100).settled).toBe("one two three four five six seven ");
  expect(lastWords(caption("a", "one two three", { open: 3 }), 7)).toEqual({
    settled: "",
    open: "… three",
  });
});

const mark = (over: Partial<LiveMark>): LiveMark => ({
  id: "m",
  kind: "captions_gap",
  channel: null,
  startMs: 216_000,
  endMs: 217_100,
  reason: "transcriber_closed",
  detail: "3005",
  ...over,
});

test("a gap says what is lost, why, and what becomes of it", () => {
  expect(plain(markWords(mark({}), true))).toBe(
    "Captions lost 1.1 s at 3:36: the transcriber closed (3005) and was reopened. The recording holds it; it will be filled.",
  );
  expect(plain(markWords(mark({ channel: "agent" }), false))).toBe(
    "Captions of the agent lost 1.1 s at 3:36: the transcriber closed (3005) and was reopened.",
  );
  expect(plain(markWords(mark({ endMs: null, reason: "transcriber_stalled" }), false))).toContain("lost since 3:36");
});

test("the vendor's own word stands within the sentence, without a full stop of its own", () => {
  const lost = mark({ kind: "audio_gap", reason: "media_lost", detail: "The carrier ended the stream." });
  expect(plain(markWords(lost, false))).toBe(
    "Live sound lost 1.1 s at 3:36: the carrier’s line of sound broke off (The carrier ended the stream).",
  );
});

test("after the end no loss goes on, but what was paused to the end still was", () => {
  const open = mark({ id: "open", kind: "audio_gap", endMs: null });
  const closed = mark({ id: "closed" });
  const paused = mark({ id: "paused", kind: "paused", endMs: null });
  const ids = (isOver: boolean) => marksThatHold([open, closed, paused], isOver).map(({ id }) => id);
  expect(ids(false)).toEqual(["open", "closed", "paused"]);
  expect(ids(true)).toEqual(["closed", "paused"]);
});

test("a press that comes as the button changes under the finger means what stood there before", () => {
  const running = { now: false, before: false, changedAt: 0 };
  const paused = shown(running, true, 10_000);
  expect([10_000, 10_399, 10_400, 60_000].map((at) => meant(paused, at))).toEqual([false, false, true, true]);
  // What is shown again unchanged is not new.
  expect(meant(shown(paused, true, 20_000), 20_000)).toBe(true);
});

test("a pause is no gap: it was meant", () => {
  expect(plain(markWords(mark({ kind: "paused", endMs: 228_000, reason: "paused" }), true))).toBe(
    "Recording paused 12.0 s, from 3:36 to 3:48. Nothing of it was recorded or written down.",
  );
});

const note: NoteView = {
  id: newId("note"),
  callId: newId("call"),
  text: "Towel",
  positionMs: 300,
  by: "user",
  byName: "Priya",
  createdAt: "2026-11-19T09:14:05.000Z",
};

test("words, marks and notes stand in the order of their beginning; a note of the whole call is not among them", () => {
  const items = timelineOf(
    [caption("a", "No heat."), caption("b", "Since when?", { startMs: 400 }), caption("c", "", { startMs: 500 })],
    [mark({ startMs: 400, endMs: 500 })],
    [note, { ...note, id: newId("note"), positionMs: null }],
  );
  expect(items.map(({ kind, atMs }) => [kind, atMs])).toEqual([
    ["caption", 0],
    ["note", 300],
    ["mark", 400],
    ["caption", 400],
  ]);
});

const taken = (over: Partial<SteerTaken>): SteerTaken => ({
  callId: newId("call"),
  effect: "already",
  by: "user_1",
  byName: "Priya",
  at: "2026-11-19T09:14:05.000Z",
  ...over,
});
const now = Date.parse("2026-11-19T09:14:07.200Z");

test("of two who press at once, the second is told who was first, and that it happened once", () => {
  expect(plain(alreadyWords("pause_recording", taken({}), "user_2", now))).toBe(
    "Priya paused this recording 2 s before you. It is paused once.",
  );
  expect(plain(alreadyWords("hold", taken({ byName: null }), "user_2", now))).toMatch(
    /^Somebody put this call on hold/,
  );
  expect(plain(alreadyWords("mute", taken({}), "user_1", now))).toBe("You muted our side 2 s ago. It is muted once.");
});

test("what keeps a call from going on stands in a line", () => {
  const deed = { by: "user_1", at: "2026-11-19T09:14:05.000Z" };
  expect(standing(RUNNING, now)).toBeNull();
  expect(standing({ ...RUNNING, paused: deed }, now)).toBe("Recording paused 0:02");
  expect(standing({ ...RUNNING, held: deed, paused: deed }, now)).toBe("On hold 0:02, recording paused");
});

test("a failed transfer says why, and who is still there", () => {
  const transfer = { by: "u", at: RUNNING.startedAt, to: "+1", state: "failed" as const, reason: "The line was busy." };
  expect(transferWords(transfer, { to: "Tom", by: "Priya", contact: "Grace" })).toBe(
    "The transfer to Tom did not go through. The line was busy. Grace is still with you.",
  );
});

test("digits go one request at a time, in their order; after a failure those behind it do not go", async () => {
  const sent: string[] = [];
  const answers: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const failed = vi.fn();
  const press = createDigitQueue((digits) => {
    sent.push(digits);
    return new Promise<void>((resolve, reject) => answers.push({ resolve, reject }));
  }, failed);
  for (const digit of ["1", "2", "3"]) press(digit);
  expect(sent).toEqual(["1"]);
  answers[0]?.resolve();
  await expect.poll(() => sent).toEqual(["1", "23"]);
  press("4");
  answers[1]?.reject(new Error("refused"));
  await expect.poll(() => failed).toHaveBeenCalledOnce();
  press("5");
  expect(sent).toEqual(["1", "23", "5"]);
});

test("levels are drawn where they were heard, and forgotten after the span", () => {
  const history = new LevelHistory(1_000);
  const add = (positionMs: number, caller: number) =>
    history.add({ v: 1, seq: 0, type: "levels", caller, agent: 0, positionMs });
  add(0, 1);
  add(1_100, 0.5);
  add(1_600, 0.25);
  expect(history.columns("caller", 4, 2_000)).toEqual([0.5, 0, 0.25, 0]);
  expect(history.mean("caller", 600)).toBe(0.375);
});
