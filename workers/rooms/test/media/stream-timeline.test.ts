import { describe, expect, test } from "vitest";
import { type Placed, StreamTimeline } from "../../src/call-room/media/stream-timeline.ts";

const FRAME = new Uint8Array(160);
const T0 = 1_000_000;

function timeline(originMs: number | null = 5000) {
  const subject = new StreamTimeline((firstArrivalMs) => firstArrivalMs - T0);
  const placed: Placed[] = originMs === null ? [] : [subject.begin(originMs)];
  const hear = (channel: "caller" | "agent", arrivedAtMs: number, audio: Uint8Array | null = FRAME, count = 1) => {
    placed.push(subject.take({ channel, audio, count, arrivedAtMs: T0 + arrivedAtMs }));
  };
  const of = (channel: "caller" | "agent") =>
    placed.flatMap(({ sounds }) => sounds.filter((sound) => sound.channel === channel)).map((s) => s.fromSample / 8);
  return { subject, placed, hear, of, stills: () => placed.map((each) => each.standstill).filter((s) => s !== null) };
}

/** Both tracks for `ms` from `fromMs`, in frames of 20 ms, as they come. */
function run(line: ReturnType<typeof timeline>, fromMs: number, ms: number, lateMs = 0): void {
  for (let t = fromMs; t < fromMs + ms; t += 20) {
    line.hear("caller", t + lateMs);
    line.hear("agent", t + lateMs);
  }
}

describe("frames on their call", () => {
  test("lie where their count says, from where the carrier says that the stream began", () => {
    const line = timeline(4993);
    run(line, 0, 60);
    expect(line.of("caller")).toEqual([5000, 5020, 5040]);
    expect(line.of("agent")).toEqual([5000, 5020, 5040]);
    expect(line.subject.endMs).toBe(5060);
  });

  test("wait for the carrier's notice, and not for ever", () => {
    const told = timeline(null);
    run(told, 3000, 100);
    expect(told.of("caller")).toEqual([]);
    told.placed.push(told.subject.begin(2900));
    expect(told.of("caller")).toEqual([2900, 2920, 2940, 2960, 2980]);
    const untold = timeline(null);
    run(untold, 3000, 600);
    expect(untold.of("caller")[0]).toBe(3000);
    // The notice that comes now moves nothing.
    untold.subject.begin(2900);
    run(untold, 3600, 20);
    expect(untold.of("caller").at(-1)).toBe(3600);
  });

  test("leave room for those that are missing, in the length of their own", () => {
    const line = timeline();
    const long = new Uint8Array(792);
    line.hear("caller", 0, long);
    line.hear("caller", 300, null, 2);
    line.hear("caller", 300, long);
    expect(line.of("caller")).toEqual([5000, 5099, 5297]);
  });

  test("keep their count through a burst, however long they were held up", () => {
    const line = timeline();
    run(line, 0, 1000);
    // Three seconds of sound come within 60 ms after a standstill of three.
    for (let i = 0; i < 150; i += 1) {
      line.hear("caller", 4000 + i * 0.4);
      line.hear("agent", 4000 + i * 0.4);
    }
    run(line, 4000, 200);
    expect(line.stills()).toEqual([]);
    expect(line.of("caller")).toEqual(Array.from({ length: 210 }, (_, i) => 5000 + i * 20));
  });

  test("that were never sent are a gap by the clock", () => {
    const line = timeline();
    run(line, 0, 1000);
    run(line, 4000, 1000);
    expect(line.stills()).toEqual([{ startMs: 6000, endMs: 9000 }]);
    expect(line.of("caller").slice(50, 52)).toEqual([9000, 9020]);
    expect(line.of("agent")).toHaveLength(100);
    // And another time.
    run(line, 7000, 1000);
    expect(line.stills()[1]).toEqual({ startMs: 10_000, endMs: 12_000 });
  });

  test("of a track that was silent go on beside the other's", () => {
    const line = timeline();
    for (let t = 0; t < 2000; t += 20) line.hear("caller", t);
    run(line, 2000, 40);
    expect(line.of("agent")).toEqual([7020, 7040]);
    expect(line.stills()).toEqual([]);
  });

  test("that wait are given at the end", () => {
    const line = timeline(null);
    run(line, 3000, 40);
    expect(line.subject.flush().sounds.map((sound) => sound.fromSample / 8)).toEqual([3000, 3000, 3020, 3020]);
    expect(new StreamTimeline(() => 0).flush().sounds).toEqual([]);
  });
});
