import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  mulawWavHeader,
  readWavHeader,
  STANDS_FOR_MS,
  type Stretch,
  stretchOfBytes,
  stretchToLog,
  WAV_HEADER_BYTES,
} from "../../src/index.ts";

/** A stereo µ-law file at 8 kHz: 16 bytes of samples are 1 ms. */
const BYTES_PER_MS = 16;
const DURATION_MS = 300_000;
const DATA_BYTES = DURATION_MS * BYTES_PER_MS;
const SIZE = WAV_HEADER_BYTES + DATA_BYTES;
const header = readWavHeader(mulawWavHeader(2, DATA_BYTES));
const ofBytes = (offset: number, length: number) =>
  stretchOfBytes({ header, sizeBytes: SIZE, durationMs: DURATION_MS, offset, length });

describe("the stretch that bytes hold", () => {
  test.each<[string, number, number, Stretch | null]>([
    ["the whole file", 0, SIZE, { fromMs: 0, toMs: DURATION_MS }],
    ["the header alone", 0, WAV_HEADER_BYTES, null],
    ["two bytes, as some players ask for first", 0, 2, null],
    ["the first sample of one side", 0, WAV_HEADER_BYTES + 1, { fromMs: 0, toMs: 1 }],
    ["a byte across two ms", WAV_HEADER_BYTES + 15, 2, { fromMs: 0, toMs: 2 }],
    ["the last byte", SIZE - 1, 1, { fromMs: DURATION_MS - 1, toMs: DURATION_MS }],
    ["a second of it", WAV_HEADER_BYTES + 16_000, 16_000, { fromMs: 1000, toMs: 2000 }],
  ])("%s", (_, offset, length, expected) => {
    expect(ofBytes(offset, length)).toEqual(expected);
  });

  test("ends where the samples end, not where the file does", () => {
    const withName = { header, sizeBytes: SIZE + 500, durationMs: DURATION_MS };
    expect(stretchOfBytes({ ...withName, offset: SIZE, length: 500 })).toBeNull();
    expect(stretchOfBytes({ ...withName, offset: SIZE - 16, length: 516 })).toEqual({
      fromMs: DURATION_MS - 1,
      toMs: DURATION_MS,
    });
  });

  test("goes to the file's end where the header was written before there was one", () => {
    const open = header === null ? null : { ...header, dataBytes: null };
    const stretch = stretchOfBytes({ header: open, sizeBytes: SIZE, durationMs: null, offset: 0, length: SIZE });
    expect(stretch).toEqual({ fromMs: 0, toMs: DURATION_MS });
  });

  test("is the whole of a file that cannot be read, whatever part it is", () => {
    const unread = { header: null, sizeBytes: 1000, offset: 5, length: 1 };
    expect(stretchOfBytes({ ...unread, durationMs: 7 })).toEqual({ fromMs: 0, toMs: 7 });
    expect(stretchOfBytes({ ...unread, durationMs: null })).toEqual({ fromMs: 0, toMs: Number.POSITIVE_INFINITY });
  });
});

/** What a log holds after these stretches were handed out at these times, as `recordServing` writes it. */
function logOf(answers: readonly { atMs: number; stretch: Stretch }[]) {
  const entries: { atMs: number; stretch: Stretch }[] = [];
  for (const { atMs, stretch } of answers) {
    const recent = entries.filter((entry) => entry.atMs >= atMs - STANDS_FOR_MS).map((entry) => entry.stretch);
    const logged = stretchToLog(stretch, recent, DURATION_MS);
    if (logged !== null) entries.push({ atMs, stretch: logged });
  }
  return entries;
}

test("no second is lost, whatever is asked for in whichever order", () => {
  const answer = fc
    .tuple(fc.nat(40_000), fc.nat(DURATION_MS - 1), fc.integer({ min: 1, max: DURATION_MS }))
    .map(([pauseMs, fromMs, lengthMs]) => ({ pauseMs, fromMs, toMs: Math.min(DURATION_MS, fromMs + lengthMs) }));
  const answers = fc.array(answer, { maxLength: 40 }).map((wishes) => {
    let atMs = 0;
    return wishes.map(({ pauseMs, fromMs, toMs }) => {
      atMs += pauseMs;
      return { atMs, stretch: { fromMs, toMs } };
    });
  });
  fc.assert(
    fc.property(answers, (all) => {
      const entries = logOf(all);
      for (const { atMs, stretch } of all) {
        // Each border of what was logged is where a hole could begin: just after it the log must go on.
        const counts = entries.filter((entry) => entry.atMs <= atMs && entry.atMs >= atMs - STANDS_FOR_MS);
        const borders = [stretch.fromMs, ...counts.map((entry) => entry.stretch.toMs)];
        for (const ms of borders.filter((each) => each >= stretch.fromMs && each < stretch.toMs)) {
          expect(counts.some((entry) => entry.stretch.fromMs <= ms && ms < entry.stretch.toMs)).toBe(true);
        }
      }
      for (const { stretch } of entries) expect(stretch.toMs).toBeLessThanOrEqual(DURATION_MS);
    }),
    { numRuns: 500 },
  );
});

test("a player that fetches a recording piece by piece makes an entry for each minute of it", () => {
  const pieces = Array.from({ length: 75 }, (_, i) => ({
    atMs: i * 100,
    stretch: { fromMs: i * 4000, toMs: (i + 1) * 4000 },
  }));
  const entries = logOf(pieces);
  expect(entries.length).toBeLessThanOrEqual(1 + DURATION_MS / 60_000 + 1);
  expect(entries[0]?.stretch).toEqual({ fromMs: 0, toMs: 4000 });
});

test("who listens again after a minute is written down again", () => {
  const stretch = { fromMs: 0, toMs: 1000 };
  const at = (atMs: number) => ({ atMs, stretch });
  expect(logOf([at(0), at(STANDS_FOR_MS)]).length).toBe(1);
  expect(logOf([at(0), at(STANDS_FOR_MS + 1)]).length).toBe(2);
});
