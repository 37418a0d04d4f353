import type { Caption, LiveCallState } from "@earwitness/shared";

/** A caption whose words are 100 ms long each; the last `open` of them may still change. */
export function caption(id: string, text: string, over: Partial<Caption> & { open?: number } = {}): Caption {
  const { open = 0, startMs = 0, ...rest } = over;
  const words = text.split(" ");
  return {
    id,
    channel: "caller",
    startMs,
    endMs: startMs + words.length * 100,
    text,
    words: words.map((word, i) => ({
      text: word,
      startMs: startMs + i * 100,
      endMs: startMs + i * 100 + 90,
      confidence: 0.9,
      isFinal: i < words.length - open,
    })),
    language: "en",
    isFinal: open === 0,
    heardAtMs: null,
    ...rest,
  };
}

export const RUNNING: LiveCallState = {
  phase: "live",
  startedAt: "2026-11-19T09:14:02.000Z",
  answeredAt: "2026-11-19T09:14:05.000Z",
  recording: "running",
  paused: null,
  held: null,
  muted: null,
  transfer: null,
  media: "open",
  captions: "running",
};
