import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Playback } from "../src/features/call/player/playback.ts";

/** An `<audio>` element as far as a playback knows it; time moves when the test says so. */
class Sound extends EventTarget {
  currentTime = 0;
  playbackRate = 1;
  paused = true;
  seeking = false;
  refusal: DOMException | null = null;
  async play() {
    if (this.refusal) throw this.refusal;
    this.paused = false;
    this.dispatchEvent(new Event("play"));
  }
  pause() {
    this.paused = true;
    this.dispatchEvent(new Event("pause"));
  }
}

let frames: (() => void)[] = [];
const nextFrame = () => {
  for (const draw of frames.splice(0)) draw();
};
beforeEach(() => {
  frames = [];
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => frames.push(draw));
  vi.stubGlobal("cancelAnimationFrame", () => {
    frames = [];
  });
});
afterEach(() => vi.unstubAllGlobals());

function playbackOf(sound: Sound, durationMs = 10_000): Playback {
  return new Playback(sound as unknown as HTMLAudioElement, durationMs);
}

test("a position is held within the recording, and every follower hears of a jump at once", () => {
  const sound = new Sound();
  const playback = playbackOf(sound);
  const heard: number[] = [];
  playback.onFrame((atMs) => heard.push(atMs));
  playback.seek(4_000);
  playback.skip(-5_000);
  playback.seek(99_000);
  expect(heard).toEqual([0, 4_000, 0, 10_000]);
  expect(sound.currentTime).toBe(10);
});

test("while it plays, each frame tells the position; paused, none does", async () => {
  const sound = new Sound();
  const playback = playbackOf(sound);
  const heard: number[] = [];
  await playback.play();
  playback.onFrame((atMs) => heard.push(atMs));
  sound.currentTime = 1;
  nextFrame();
  sound.currentTime = 2;
  nextFrame();
  playback.pause();
  sound.currentTime = 3;
  nextFrame();
  expect(heard).toEqual([0, 1_000, 2_000, 2_000]);
  expect(playback.getState().isPlaying).toBe(false);
});

test("silence is leapt over when asked for, and words keep their edges", async () => {
  const sound = new Sound();
  const playback = playbackOf(sound);
  playback.setSilences([{ startMs: 2_000, endMs: 5_000 }]);
  await playback.play();
  sound.currentTime = 2.5;
  nextFrame();
  expect(sound.currentTime).toBe(2.5);
  playback.setSkipsSilence(true);
  nextFrame();
  expect(sound.currentTime).toBe(4.85);
  // What is left of the silence is played, not leapt over for ever.
  nextFrame();
  expect(sound.currentTime).toBe(4.85);
});

test("the speed goes through the usual steps and stays at the ends", () => {
  const sound = new Sound();
  const playback = playbackOf(sound);
  for (let i = 0; i < 9; i++) playback.stepRate(1);
  expect([playback.getState().rate, sound.playbackRate]).toEqual([2, 2]);
  for (let i = 0; i < 9; i++) playback.stepRate(-1);
  expect(sound.playbackRate).toBe(0.75);
});

test("a sound that fails says so; a pause that came before the sound is no failure", async () => {
  const sound = new Sound();
  const playback = playbackOf(sound);
  sound.refusal = new DOMException("interrupted", "AbortError");
  await playback.play();
  expect(playback.getState().failure).toBeNull();
  sound.refusal = new DOMException("no codec", "NotSupportedError");
  await playback.play();
  expect(playback.getState().failure).toMatch(/could not play/);
  sound.dispatchEvent(new Event("error"));
  expect(playback.getState().failure).toMatch(/did not load/);
});
