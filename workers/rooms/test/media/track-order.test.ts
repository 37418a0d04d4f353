import type { LiveChannel } from "@earwitness/shared";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type OnChannel, TrackOrder } from "../../src/call-room/media/track-order.ts";

interface Sent {
  readonly channel: LiveChannel;
  readonly number: number;
  /** Which frame of its channel it is: 1, 2, 3 … */
  readonly ordinal: number;
}

function both(frames: number, numbering: "per_track" | "per_stream"): Sent[] {
  return Array.from({ length: frames }, (_, i) => {
    const ordinal = i + 1;
    const [caller, agent] = numbering === "per_track" ? [ordinal, ordinal] : [2 * i + 1, 2 * i + 2];
    return [
      { channel: "caller" as const, number: caller, ordinal },
      { channel: "agent" as const, number: agent, ordinal },
    ];
  }).flat();
}

function through(sent: readonly Sent[]): OnChannel<Sent>[] {
  const order = new TrackOrder<Sent>();
  return [...sent.flatMap((each) => order.push(each.channel, each.number, each)), ...order.flush()];
}

/** What is said of a channel: the ordinals of its frames where they lie by count, and null for each missing one. */
function heard(ordered: readonly OnChannel<Sent>[], channel: LiveChannel): (number | null)[] {
  return ordered
    .filter((each) => each.channel === channel)
    .flatMap((each) => (each.kind === "frame" ? [each.frame.ordinal] : Array<null>(each.count).fill(null)));
}

describe.each(["per_track", "per_stream"] as const)("frames numbered %s", (numbering) => {
  test("are put in order on each channel, and what is missing is missing where it was", () => {
    const line = fc.record({
      frames: fc.integer({ min: 12, max: 80 }),
      lost: fc.uniqueArray(fc.integer({ min: 13, max: 150 }), { maxLength: 8 }),
      delays: fc.infiniteStream(fc.integer({ min: 0, max: 4 })),
    });
    fc.assert(
      fc.property(line, ({ frames, lost, delays }) => {
        const sent = both(frames, numbering);
        const arrived = sent
          .map((each, at) => ({ each, at: at + (delays.next().value ?? 0), index: at }))
          .filter(({ index }) => !lost.includes(index))
          .sort((a, b) => a.at - b.at)
          .map(({ each }) => each);
        const ordered = through(arrived);
        for (const channel of ["caller", "agent"] as const) {
          const of = arrived.filter((each) => each.channel === channel).map(({ ordinal }) => ordinal);
          const said = heard(ordered, channel);
          expect(said.filter((ordinal) => ordinal !== null)).toEqual(of.toSorted((a, b) => a - b));
          if (numbering === "per_stream") continue;
          expect(said.every((ordinal, i) => ordinal === null || ordinal === i + 1)).toBe(true);
        }
      }),
    );
  });

  test("name the track of a single lost frame", () => {
    const sent = both(40, numbering);
    for (const index of [20, 21, 50, 77]) {
      const ordered = through(sent.toSpliced(index, 1));
      const { channel, ordinal } = sent[index] ?? { channel: "caller", ordinal: 0 };
      const said = heard(ordered, channel);
      expect(said[ordinal - 1]).toBeNull();
      expect(ordered.filter(({ kind }) => kind === "missing")).toHaveLength(1);
    }
  });

  test("lose nothing when the other track begins late, or is silent for a while", () => {
    const sent = both(120, numbering);
    let number = 0;
    const partly = sent
      .filter(({ channel, ordinal }) => channel === "caller" || (ordinal > 30 && ordinal < 60) || ordinal > 90)
      .map((each) => {
        number += 1;
        return numbering === "per_stream" ? { ...each, number } : each;
      });
    // Per track the silent one counts on from where it was.
    let own = 0;
    const counted = partly.map((each) => {
      if (numbering === "per_stream" || each.channel === "caller") return each;
      own += 1;
      return { ...each, number: own };
    });
    const ordered = through(counted);
    expect(ordered.filter(({ kind }) => kind === "missing")).toEqual([]);
    expect(ordered).toHaveLength(counted.length);
  });
});

describe("a stream of one track", () => {
  test("is relayed as soon as it shows that it is one", () => {
    const order = new TrackOrder<number>();
    const ordered = Array.from({ length: 20 }, (_, i) => order.push("caller", i + 1, i + 1)).flat();
    expect(ordered).toHaveLength(20);
  });
});
