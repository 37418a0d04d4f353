import { describe, expect, test } from "vitest";
import { type CallCommand, liveStateOf, mediaPath, type TelephonyOutcome, wishedStream } from "../../src/index.ts";
import { answered, captioned, hangup, initiated, instant, notice, Rig, snapshot, speakEnded, talking } from "./rig.ts";

const REFUSED: TelephonyOutcome = { kind: "refused", code: "90046", message: "Media Streaming failed to start." };

function streams(rig: Rig): Extract<CallCommand, { kind: "stream_start" }>[] {
  return rig.commands.filter((command) => command.kind === "stream_start");
}
const keyOf = (rig: Rig, n = streams(rig).length) => streams(rig)[n - 1]?.key ?? "none";
const opened = (rig: Rig, n?: number) => rig.apply({ type: "media_opened", key: keyOf(rig, n) });
const lost = (rig: Rig, n?: number) => rig.apply({ type: "media_lost", key: keyOf(rig, n), reason: "drop" });

describe("the sound of a call", () => {
  test("is streamed to its room as soon as it is recorded", () => {
    const rig = talking(captioned);
    expect(rig.commandKinds()).toEqual(["find_routing", "answer", "speak", "record_start", "stream_start"]);
    expect(streams(rig)).toEqual([
      { kind: "stream_start", key: `${rig.callId}.stream_start.1`, room: "telnyx:session", controlId: "v3:own" },
    ]);
    expect(wishedStream(rig.state)).toMatchObject({ key: keyOf(rig), phase: "opening" });
    opened(rig);
    expect(liveStateOf(rig.state)).toMatchObject({ media: "open", captions: "running", recording: "running" });
  });

  test.each([
    ["whose number has no captions", snapshot],
    ["that is not recorded", { ...captioned, recordInbound: false }],
  ])("of a call %s is not streamed", (_name, routing) => {
    const rig = talking(routing);
    expect(streams(rig)).toEqual([]);
    expect(liveStateOf(rig.state)).toMatchObject({ media: "none", captions: "off" });
  });

  test.each([
    ["are on", captioned, "running"],
    ["are off", snapshot, "off"],
    ["would be of what is not recorded", { ...captioned, recordInbound: false }, "off"],
  ] as const)("of a number whose captions %s is told so before anybody talks", (_name, routing, captions) => {
    const rig = new Rig();
    rig.apply(initiated());
    rig.settleAll(undefined, routing);
    expect(liveStateOf(rig.state)).toMatchObject({ phase: "ringing", captions });
    rig.apply(answered());
    expect(rig.state.phase).toBe("announcing");
    expect(liveStateOf(rig.state)).toMatchObject({ phase: "live", media: "none", captions });
  });

  test("is asked for again when it breaks off, later each time", () => {
    const rig = talking(captioned);
    const waits: number[] = [];
    for (let n = 1; n <= 7; n += 1) {
      opened(rig, n);
      rig.nowMs += 100;
      lost(rig, n);
      const lostAtMs = rig.nowMs;
      expect(liveStateOf(rig.state)?.media).toBe("lost");
      rig.passDeadline();
      waits.push(rig.nowMs - lostAtMs);
      rig.settleAll();
      expect(streams(rig)).toHaveLength(n + 1);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
    expect(keyOf(rig)).toBe(`${rig.callId}.stream_start.8`);
  });

  test("that came for a while is asked for again at once", () => {
    const rig = talking(captioned);
    lost(rig);
    rig.wait(500);
    lost(rig);
    rig.wait(1000);
    opened(rig);
    rig.nowMs += 10_000;
    lost(rig);
    const lostAtMs = rig.nowMs;
    rig.passDeadline();
    expect(rig.nowMs - lostAtMs).toBe(500);
  });

  test("is asked for once a minute when streaming is broken for long", () => {
    const rig = talking(captioned);
    for (let n = 1; n <= 25; n += 1) {
      lost(rig, n);
      rig.passDeadline();
    }
    lost(rig);
    const lostAtMs = rig.nowMs;
    rig.passDeadline();
    expect(rig.nowMs - lostAtMs).toBe(60_000);
  });

  test("whose socket does not come within ten seconds is taken as lost", () => {
    const rig = talking(captioned);
    rig.wait(9999);
    expect(wishedStream(rig.state)?.phase).toBe("opening");
    rig.wait(1);
    expect(wishedStream(rig.state)?.phase).toBe("lost");
    rig.wait(500);
    expect(streams(rig)).toHaveLength(2);
  });

  test("whose command never had its last word is given up too", () => {
    const rig = new Rig();
    rig.apply(initiated());
    rig.settleAll(undefined, captioned);
    rig.apply(answered());
    rig.settleAll();
    rig.apply(speakEnded());
    rig.wait(61_000);
    expect(streams(rig)).toHaveLength(2);
  });

  test("that comes late is taken as long as no other was asked for", () => {
    const rig = talking(captioned);
    rig.wait(10_000);
    opened(rig, 1);
    expect(wishedStream(rig.state)?.phase).toBe("open");
    rig.wait(60_000);
    expect(streams(rig)).toHaveLength(1);
  });

  test("that comes again after a loss does not begin where the first socket did", () => {
    const rig = talking(captioned);
    rig.apply(notice("stream_started", 3212, { url: null }));
    opened(rig);
    expect(wishedStream(rig.state)).toMatchObject({ startedAt: instant(3212) });
    lost(rig);
    opened(rig);
    expect(wishedStream(rig.state)).toMatchObject({ phase: "open", startedAt: null });
  });

  test("of a stream that is not the current one is of no concern", () => {
    const rig = talking(captioned);
    lost(rig);
    rig.wait(500);
    const before = rig.state;
    expect(opened(rig, 1).isApplied).toBe(false);
    expect(lost(rig, 1).isApplied).toBe(false);
    expect(rig.apply({ type: "media_lost", key: "nobody's", reason: "drop" }).isApplied).toBe(false);
    expect(rig.state).toEqual(before);
  });

  test("that the carrier refuses to stream is told once and asked for again", () => {
    const rig = new Rig();
    rig.apply(initiated());
    rig.settleAll(undefined, captioned);
    rig.apply(answered());
    rig.settleAll();
    rig.apply(speakEnded());
    rig.settle();
    rig.settle(REFUSED);
    rig.wait(500);
    rig.settle(REFUSED);
    rig.wait(1000);
    expect(streams(rig)).toHaveLength(3);
    expect(rig.facts.filter(({ type }) => type === "command.failed")).toMatchObject([
      { command: "stream_start", code: "90046" },
    ]);
  });

  test("whose socket has come outweighs what the carrier answers", () => {
    const rig = new Rig();
    rig.apply(initiated());
    rig.settleAll(undefined, captioned);
    rig.apply(answered());
    rig.settleAll();
    rig.apply(speakEnded());
    opened(rig);
    rig.settleAll({ kind: "failed", code: "timeout", message: "No answer.", retryAfterMs: null });
    expect(wishedStream(rig.state)?.phase).toBe("open");
  });

  test("is asked for again when the carrier says that it failed or stopped", async () => {
    const rig = talking(captioned);
    const address = async (n: number) =>
      `wss://hooks.example${await mediaPath("a".repeat(32), { room: "r", key: keyOf(rig, n) }, new Date())}`;
    rig.apply(notice("stream_failed", 4000, { reason: "connection_failed", url: await address(1) }));
    expect(wishedStream(rig.state)?.phase).toBe("lost");
    rig.wait(500);
    // The first one's notice is late, and says nothing of the second.
    rig.apply(notice("stream_stopped", 4600, { url: await address(1) }));
    expect(wishedStream(rig.state)?.phase).toBe("opening");
    opened(rig, 2);
    rig.apply(notice("stream_stopped", 6000, { url: null }));
    expect(wishedStream(rig.state)?.phase).toBe("lost");
  });

  test("begins where the carrier says so", () => {
    const rig = talking(captioned);
    opened(rig);
    rig.apply(notice("stream_started", 3212, { url: null }));
    rig.apply(notice("stream_started", 3999, { url: null }));
    expect(wishedStream(rig.state)).toMatchObject({ phase: "open", startedAt: instant(3212) });
  });

  test("is not asked for again once somebody hangs up, or the line is over", () => {
    const ending = talking(captioned);
    ending.apply({ type: "hang_up", by: "usr_ann" });
    lost(ending);
    ending.wait(30_000);
    expect(streams(ending)).toHaveLength(1);

    const ended = talking(captioned);
    lost(ended);
    ended.apply(hangup());
    opened(ended);
    ended.wait(60_000);
    expect(streams(ended)).toHaveLength(1);
    expect(wishedStream(ended.state)).toBeNull();
    expect(liveStateOf(ended.state)).toMatchObject({ phase: "ended", media: "none", recording: "over" });
  });

  test("is asked for again when the hang-up did not go through", () => {
    const rig = talking(captioned);
    rig.apply({ type: "hang_up", by: "usr_ann" });
    lost(rig);
    rig.settle({ kind: "refused", code: "10015", message: "Bad request" });
    rig.wait(500);
    expect(streams(rig)).toHaveLength(2);
  });
});
