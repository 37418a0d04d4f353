import { readFile } from "node:fs/promises";
import path from "node:path";
import vm from "node:vm";
import { expect, test } from "vitest";

const SAMPLE_RATE = 8_000;
const FRAME = 800;

interface Processor {
  port: { onmessage: (event: { data: ArrayBuffer }) => void };
  process(inputs: [], outputs: [[Float32Array, Float32Array]]): boolean;
}

/** The worklet as the audio thread runs it, with its globals and nothing else. */
async function openWorklet(): Promise<Processor> {
  const source = await readFile(path.join(import.meta.dirname, "../public/listen-worklet.js"), "utf8");
  const registered: (new () => Processor)[] = [];
  class AudioWorkletProcessor {
    port = { onmessage: null };
  }
  vm.runInNewContext(source, {
    AudioWorkletProcessor,
    sampleRate: SAMPLE_RATE,
    registerProcessor: (_name: string, processor: new () => Processor) => registered.push(processor),
  });
  const [Listen] = registered;
  if (!Listen) throw new Error("the worklet registered nothing");
  return new Listen();
}

/** A frame of 100 ms in which each side holds one µ-law code. */
function frame(caller: number, agent: number): ArrayBuffer {
  const bytes = new Uint8Array(4 + 2 * FRAME).fill(caller, 4, 4 + FRAME).fill(agent, 4 + FRAME);
  return bytes.buffer;
}
function play(processor: Processor, samples: number): [Float32Array, Float32Array] {
  const output: [Float32Array, Float32Array] = [new Float32Array(samples), new Float32Array(samples)];
  expect(processor.process([], [output])).toBe(true);
  return output;
}
const SILENCE = 0xff;
const LOUDEST = 0x80;

test("sound begins once 200 ms have gathered, and falls silent when it runs dry", async () => {
  const processor = await openWorklet();
  processor.port.onmessage({ data: frame(LOUDEST, SILENCE) });
  expect(play(processor, 400)[0].every((sample) => sample === 0)).toBe(true);
  processor.port.onmessage({ data: frame(LOUDEST, SILENCE) });
  const [left, right] = play(processor, 2_000);
  // 32,124 of 32,768 is the loudest sample that µ-law knows (ITU-T G.711).
  expect(left[0]).toBeCloseTo((0.7 * 32_124) / 32_768, 5);
  expect(right[0]).toBeCloseTo((0.3 * 32_124) / 32_768, 5);
  expect(left[1_599]).toBeGreaterThan(0);
  expect(left[1_600]).toBe(0);
  processor.port.onmessage({ data: frame(LOUDEST, SILENCE) });
  expect(play(processor, 10)[0][0]).toBe(0);
});

test("each side is heard from its own side", async () => {
  const processor = await openWorklet();
  for (let i = 0; i < 2; i++) processor.port.onmessage({ data: frame(SILENCE, LOUDEST) });
  const [left, right] = play(processor, 1);
  expect(right[0]).toBeGreaterThan(left[0] ?? 0);
});

test("µ-law's sign and steps are those of the recommendation", async () => {
  const processor = await openWorklet();
  for (const code of [0x00, 0x8f]) {
    const data = frame(code, SILENCE);
    processor.port.onmessage({ data });
  }
  const [left] = play(processor, 1_600);
  expect(left[0]).toBeCloseTo((0.7 * -32_124) / 32_768, 5);
  expect(left[800]).toBeCloseTo((0.7 * 16_764) / 32_768, 5);
});

test("what falls behind by more than a second is dropped, so that one hears what is said now", async () => {
  const processor = await openWorklet();
  for (let i = 0; i < 30; i++) processor.port.onmessage({ data: frame(LOUDEST, SILENCE) });
  const [left] = play(processor, 30 * FRAME);
  expect(left.filter((sample) => sample > 0)).toHaveLength(10 * FRAME);
});
