import type { Voice } from "../speech/engine.ts";

/** English is spoken by two accents, every other language by one voice at two pitches. */
export function voiceOf(speaker: "caller" | "agent" | "announcement", language: string): Voice {
  if (language !== "en") return { name: language, pitch: { caller: 38, agent: 62, announcement: 50 }[speaker] };
  if (speaker === "caller") return { name: "en-us", pitch: 40 };
  if (speaker === "agent") return { name: "en-gb", pitch: 60 };
  return { name: "en-us", pitch: 55 };
}
