import type { LiveClosure } from "@earwitness/core";
import type { Caption } from "@earwitness/shared";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ChannelCaptions, type ChannelCaptionsOptions } from "../../src/call-room/captions/channel-captions.ts";
import type { CaptionGap } from "../../src/call-room/captions/open-gap.ts";
import { HeldClock, PACK_MS, scriptedTranscriber, WORD_PACKS } from "./scripted-transcriber.ts";

const lost: LiveClosure = { kind: "lost", code: 3005, message: "Server error", again: "at_once" };
const refused: LiveClosure = { kind: "refused", code: 1008, message: "Unauthorized Connection", again: "never" };

function rig() {
  const clock = new HeldClock();
  const { transcriber, sessions } = scriptedTranscriber(clock);
  const told: Caption[] = [];
  const gaps: CaptionGap[] = [];
  const missing: CaptionGap[] = [];
  const states: string[] = [];
  const options: ChannelCaptionsOptions = {
    channel: "caller",
    transcriber,
    language: "en",
    keyTerms: [],
    clock,
    firstCaption: 0,
    settledMs: 0,
    isResumed: false,
    onMissing: (gap) => missing.push(gap),
    random: () => 0.5,
    onCaption: (caption) => told.push(caption),
    onGap: (gap) => gaps.push(gap),
    onState: (state) => states.push(state),
    onClosure: () => {},
  };
  const captions = new ChannelCaptions(options);
  let positionMs = 0;
  let isHeldUp = false;
  /** One pack of sound: of a word (numbers from 1), or silent. */
  const say = (word: number, part: number) => {
    const audio = new Uint8Array(PACK_MS * 8);
    audio[0] = word;
    audio[1] = part;
    captions.hear({ channel: "caller", positionMs, arrivedAtMs: clock.nowMs(), audio, peak: word === 0 ? 0 : 0.5 });
    positionMs += PACK_MS;
    if (!isHeldUp) clock.forward(PACK_MS);
  };
  /** What is said comes in one moment, after as long a time of nothing as it took to say it. */
  const holdUp = (speak: () => void) => {
    const fromMs = positionMs;
    const held: (() => void)[] = [];
    isHeldUp = true;
    const { hear } = captions;
    captions.hear = (pack) => held.push(() => hear.call(captions, { ...pack, arrivedAtMs: clock.nowMs() }));
    speak();
    captions.hear = hear;
    isHeldUp = false;
    clock.forward(positionMs - fromMs);
    for (const come of held) come();
  };
  const sayWord = (word: number) => {
    for (let part = 0; part < WORD_PACKS; part++) say(word, part);
  };
  const beQuiet = (packs: number) => {
    for (let i = 0; i < packs; i++) say(0, 0);
  };
  const end = async () => {
    const finished = captions.finish();
    for (let i = 0; i < 120; i++) {
      clock.forward(PACK_MS);
      await Promise.resolve();
    }
    await finished;
  };
  const settled = () => told.filter(({ isFinal }) => isFinal);
  const words = () => settled().flatMap((caption) => caption.words.map(({ text }) => text));
  return {
    clock,
    sessions,
    captions,
    options,
    told,
    gaps,
    missing,
    states,
    say,
    sayWord,
    beQuiet,
    holdUp,
    end,
    settled,
    words,
    at: () => positionMs,
  };
}

/** Begins each session as soon as it is opened, as the vendor does. */
function beginning(sessions: ReturnType<typeof rig>["sessions"]) {
  let begun = 0;
  return () => {
    for (; begun < sessions.length; begun++) sessions[begun]?.begin();
  };
}

describe("the captions of a voice", () => {
  it("come word by word under one id, and are settled once, where they were said", async () => {
    const { sessions, told, settled, sayWord, beQuiet, end } = rig();
    beQuiet(5);
    sessions[0]?.begin();
    sayWord(1);
    sayWord(2);
    beQuiet(6);
    await end();
    expect(settled()).toHaveLength(1);
    expect(settled()[0]).toMatchObject({ id: "caller-0", text: "w1 w2", startMs: 500, endMs: 1_100 });
    expect(new Set(told.map(({ id }) => id))).toEqual(new Set(["caller-0"]));
    expect(sessions[0]?.isOpen).toBe(false);
  });

  it("tell when the last word's sound had come", async () => {
    const { clock, sessions, told, sayWord, beQuiet } = rig();
    beQuiet(1);
    sessions[0]?.begin();
    const before = clock.nowMs();
    sayWord(1);
    expect(told.at(-1)?.heardAtMs).toBe(before + (WORD_PACKS - 1) * PACK_MS);
  });

  it("are whole when a session closes in the middle of a word, and no word comes twice", async () => {
    const { clock, sessions, gaps, settled, say, sayWord, beQuiet, end, words } = rig();
    beQuiet(1);
    sessions[0]?.begin();
    sayWord(1);
    say(2, 0);
    sessions[0]?.close(lost);
    say(2, 1);
    say(2, 2);
    clock.forward(400);
    sessions[1]?.begin();
    sayWord(3);
    beQuiet(12);
    await end();
    expect(words()).toEqual(["w1", "w2", "w3"]);
    expect(settled().map(({ id }) => id)).toEqual(["caller-0"]);
    expect(gaps).toEqual([]);
  });

  it("are sent again no faster than speech, but for a second", async () => {
    const { clock, sessions, sayWord, beQuiet } = rig();
    beQuiet(1);
    for (let word = 1; word <= 20; word++) sayWord(word);
    const begunAt = clock.nowMs();
    sessions[0]?.begin();
    for (let word = 21; word <= 30; word++) sayWord(word);
    const received = sessions[0]?.receivedMs ?? [];
    for (const [i, ms] of received.entries()) expect(i * PACK_MS - (ms - begunAt)).toBeLessThanOrEqual(1_100);
    expect(received.length).toBeGreaterThan(30);
  });

  it("go on no faster than speech, but for a second, when sound that was held up comes at once", async () => {
    const { clock, sessions, sayWord, beQuiet, words, end, holdUp } = rig();
    beQuiet(20);
    sessions[0]?.begin();
    beQuiet(5);
    const heldUpAt = clock.nowMs();
    const sentBefore = sessions[0]?.receivedMs.length ?? 0;
    holdUp(() => {
      for (let word = 1; word <= 16; word++) sayWord(word);
    });
    beQuiet(60);
    const sent = (sessions[0]?.receivedMs ?? []).slice(sentBefore);
    // After the stall a second may go at once; from then on only as much as is spoken.
    const resumedAt = heldUpAt + 16 * WORD_PACKS * PACK_MS;
    for (const [i, ms] of sent.entries()) expect((i + 1) * PACK_MS - (ms - resumedAt)).toBeLessThanOrEqual(1_100);
    await end();
    expect(words()).toEqual(Array.from({ length: 16 }, (_, i) => `w${i + 1}`));
  });

  it("name the gap when no session is to be had for longer than sound is kept", async () => {
    const { sessions, gaps, states, sayWord, beQuiet, end, at } = rig();
    beQuiet(1);
    sessions[0]?.close(refused);
    for (let word = 1; word <= 150; word++) sayWord(word);
    await end();
    expect(states).toEqual(["lost"]);
    expect(gaps).toEqual([
      { channel: "caller", startMs: 0, endMs: at(), reason: "transcriber_refused", detail: "1008" },
    ]);
  });

  it("begin anew with a session that fell silent while somebody spoke", async () => {
    const { sessions, sayWord, beQuiet, end, words } = rig();
    const begin = beginning(sessions);
    beQuiet(1);
    begin();
    const [first] = sessions;
    if (first !== undefined) first.isMute = true;
    for (let word = 1; word <= 40; word++) {
      sayWord(word);
      begin();
    }
    beQuiet(60);
    await end();
    expect(first?.isOpen).toBe(false);
    expect(sessions.length).toBe(2);
    expect(words()).toEqual(Array.from({ length: 40 }, (_, i) => `w${i + 1}`));
  });

  it("end their session when nothing comes any more, and open another when something does", async () => {
    const { clock, sessions, captions, sayWord, words, beQuiet, end } = rig();
    const begin = beginning(sessions);
    beQuiet(1);
    begin();
    sayWord(1);
    captions.pause();
    clock.forward(5_000);
    expect(sessions[0]?.isOpen).toBe(false);
    sayWord(2);
    begin();
    beQuiet(8);
    await end();
    expect(sessions).toHaveLength(2);
    expect(words()).toEqual(["w1", "w2"]);
  });

  it("tell at once that something is missing, and how much when it is over", () => {
    const { sessions, gaps, missing, sayWord, beQuiet, clock } = rig();
    beQuiet(1);
    sessions[0]?.close({ ...lost, again: "later" });
    for (let word = 1; word <= 110; word++) {
      sessions.at(-1)?.close(lost);
      sayWord(word);
    }
    expect(missing).toEqual([expect.objectContaining({ startMs: 0, reason: "transcriber_closed", detail: "3005" })]);
    expect(gaps).toEqual([]);
    const tried = sessions.length;
    while (sessions.length === tried) clock.forward(PACK_MS);
    sessions.at(-1)?.begin();
    expect(gaps).toEqual([expect.objectContaining({ startMs: 0, endMs: 3_100 })]);
  });

  it("go on in another session before the limit, between two turns, and nothing is cut", async () => {
    const { clock, sessions, settled, gaps, sayWord, beQuiet, words, end } = rig();
    beQuiet(1);
    sessions[0]?.begin(61_000);
    for (let word = 1; word <= 6; word++) sayWord(word);
    expect(sessions).toHaveLength(1);
    beQuiet(6);
    expect(sessions).toHaveLength(2);
    expect(sessions[0]?.isOpen).toBe(false);
    sessions[1]?.begin();
    sayWord(7);
    beQuiet(6);
    await end();
    clock.forward(1_000);
    expect(words()).toEqual(["w1", "w2", "w3", "w4", "w5", "w6", "w7"]);
    expect(settled().map(({ id }) => id)).toEqual(["caller-0", "caller-1"]);
    expect(gaps).toEqual([]);
  });

  it("end their session when sound stays away though nobody said so", () => {
    const { clock, sessions, sayWord, beQuiet } = rig();
    beQuiet(1);
    sessions[0]?.begin();
    sayWord(1);
    clock.forward(12_000);
    expect(sessions[0]?.isOpen).toBe(false);
    expect(sessions).toHaveLength(1);
  });

  it("keep what was understood of a turn whose session breaks while it ends, and name the rest", async () => {
    const { sessions, captions, settled, gaps, say, sayWord, beQuiet } = rig();
    beQuiet(1);
    const [first] = sessions;
    first?.begin();
    if (first !== undefined) first.atFinish = "breaks";
    sayWord(1);
    say(2, 0);
    say(2, 1);
    captions.pause();
    expect(settled()).toEqual([expect.objectContaining({ id: "caller-0", text: "w1", isFinal: true })]);
    expect(gaps).toEqual([
      { channel: "caller", startMs: 400, endMs: 600, reason: "transcriber_closed", detail: "1006" },
    ]);
  });

  it("are made of the last words too when the session breaks just before the end", async () => {
    const { sessions, sayWord, beQuiet, end, words, gaps } = rig();
    const begin = beginning(sessions);
    beQuiet(1);
    begin();
    sayWord(1);
    sessions[0]?.close(lost);
    const ended = end();
    begin();
    await ended;
    expect(words()).toEqual(["w1"]);
    expect(gaps).toEqual([]);
    expect(sessions.every(({ isOpen }) => !isOpen)).toBe(true);
  });

  it("say what a reset of the room has cost, and go on counting", async () => {
    const { clock, options } = rig();
    const { transcriber, sessions } = scriptedTranscriber(clock);
    const told: Caption[] = [];
    const gaps: CaptionGap[] = [];
    const resumed = new ChannelCaptions({
      ...options,
      transcriber,
      firstCaption: 7,
      settledMs: 30_000,
      isResumed: true,
      onCaption: (caption) => told.push(caption),
      onGap: (gap) => gaps.push(gap),
    });
    const pack = { channel: "caller" as const, arrivedAtMs: clock.nowMs(), peak: 0.5 };
    for (let part = 0; part < WORD_PACKS; part++) {
      const audio = new Uint8Array(PACK_MS * 8);
      audio.set([1, part]);
      resumed.hear({ ...pack, positionMs: 34_000 + part * PACK_MS, audio });
      if (part === 0) sessions[0]?.begin();
    }
    expect(gaps).toEqual([{ channel: "caller", startMs: 30_000, endMs: 34_000, reason: "room_reset", detail: null }]);
    expect(told.at(-1)).toMatchObject({ id: "caller-7", text: "w1", startMs: 34_000 });
    resumed.abort("The test is over.");
  });

  it("have each word once, or its sound in a gap, whatever becomes of their sessions", async () => {
    const step = fc.record({
      word: fc.boolean(),
      part: fc.integer({ min: 0, max: WORD_PACKS - 1 }),
      fault: fc.constantFrom("none", "none", "none", "none", "close", "pause", "mute", "expire"),
      atFinish: fc.constantFrom("tells" as const, "tells_late" as const, "breaks" as const),
      begins: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 200 }), async (story) => {
        const { sessions, captions, gaps, told, settled, say, beQuiet, end, at } = rig();
        const begin = beginning(sessions);
        const said: { text: string; startMs: number }[] = [];
        for (const { word, part: atPart, fault, atFinish, begins } of story) {
          if (word) said.push({ text: `w${said.length + 1}`, startMs: at() });
          for (let part = 0; part < WORD_PACKS; part++) {
            say(word ? said.length : 0, word ? part : 0);
            if (begins) begin();
            const session = sessions.at(-1);
            if (session === undefined || part !== atPart) continue;
            session.atFinish = atFinish;
            if (fault === "mute") session.isMute = true;
            if (fault === "close") session.close(lost);
            if (fault === "expire") session.begin(1_000);
            // A pause cuts a word in two, and neither half is one.
            if (fault === "pause" && !word) captions.pause();
          }
        }
        begin();
        beQuiet(3);
        begin();
        await end();
        const captioned = settled()
          .flatMap(({ words }) => words)
          .toSorted((a, b) => a.startMs - b.startMs);
        const texts = captioned.map(({ text }) => text);
        expect(new Set(texts).size).toBe(texts.length);
        expect(texts).toEqual(said.map(({ text }) => text).filter((text) => texts.includes(text)));
        for (const { text, startMs } of said) {
          const placed = captioned.find((word) => word.text === text);
          const isMissing = gaps.some((gap) => startMs + WORD_PACKS * PACK_MS > gap.startMs && startMs < gap.endMs);
          if (placed === undefined) expect(isMissing, `${text} at ${startMs} is nowhere`).toBe(true);
          else expect(placed.startMs).toBe(startMs);
        }
        expect(new Set(told.map(({ id }) => id))).toEqual(new Set(settled().map(({ id }) => id)));
        expect(new Set(settled().map(({ id }) => id)).size).toBe(settled().length);
        expect(sessions.filter(({ isOpen }) => isOpen)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
