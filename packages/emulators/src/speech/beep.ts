import { SAMPLE_HZ, type Speech } from "./speech.ts";

/** A mailbox's tone: 1 kHz for 400 ms. No words, and nothing that the recogniser was taught. */
export function beep(): Speech {
  const pcm = new Int16Array(0.4 * SAMPLE_HZ).map((_, i) => 8000 * Math.sin((2 * Math.PI * 1000 * i) / SAMPLE_HZ));
  return { text: "", language: "", pcm, words: [] };
}
