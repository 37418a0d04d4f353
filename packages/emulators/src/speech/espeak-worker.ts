import { parentPort } from "node:worker_threads";
import load, { type EspeakEvent, type EspeakWorker } from "@echogarden/espeak-ng-emscripten";
import { resample } from "../audio/resample.ts";
import type { SpeakRequest, SpokenAloud, Voice } from "./engine.ts";

/** espeak-ng's own sampling rate. */
const ENGINE_HZ = 22_050;
const TELEPHONE_HZ = 8000;

const module = await load();
const engine = await new module.eSpeakNGWorker();

parentPort?.on("message", ({ id, text, voice }: SpeakRequest) => {
  try {
    parentPort?.postMessage({ id, speech: speak(engine, text, voice) });
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});

function speak(espeak: EspeakWorker, text: string, voice: Voice): SpokenAloud {
  espeak.set_voice(voice.name);
  espeak.set_pitch(voice.pitch);
  const pieces: Int16Array[] = [];
  const events: EspeakEvent[] = [];
  espeak.synthesize(text, (audio, news) => {
    // The engine reuses its buffer: copy now.
    if (audio !== null && audio.length > 0) pieces.push(audio.slice());
    events.push(...news);
    return undefined;
  });
  const whole = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  const words = events.flatMap((event) =>
    event.type === "word" && event.text_position !== undefined
      ? [{ atMs: event.audio_position, textIndex: event.text_position - 1 }]
      : [],
  );
  return { pcm: resample(whole, ENGINE_HZ, TELEPHONE_HZ), words };
}
