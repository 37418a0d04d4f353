/// <reference path="./espeak-ng.d.ts" />
import load, { type EspeakEvent, type EspeakWorker } from "@echogarden/espeak-ng-emscripten";

/** espeak-ng's own sampling rate. */
export const ENGINE_HZ = 22_050;

export interface Voice {
  /** An espeak-ng voice, such as `en-us`, `en-gb` or `es`. */
  readonly name: string;
  /** 0–99; 50 is the voice's own. Two speakers of one language differ by it. */
  readonly pitch: number;
}

export interface EngineSpeech {
  readonly pcm: Int16Array;
  /** Where each spoken word starts, in milliseconds, and which characters of the text it stands for (zero-based). */
  readonly words: readonly { readonly atMs: number; readonly textIndex: number }[];
}

let worker: Promise<EspeakWorker> | undefined;
let queue: Promise<unknown> = Promise.resolve();

/**
 * Speaks one text. The WebAssembly instance has one set of buffers and keeps state, so that speeches are made one after another.
 * The same text sounds alike but is not byte-equal from one time to the next: keep what this returns.
 */
export function speakAloud(text: string, voice: Voice): Promise<EngineSpeech> {
  const speech = queue.then(async () => {
    worker ??= load().then(async (module) => new module.eSpeakNGWorker());
    return synthesise(await worker, text, voice);
  });
  queue = speech.catch(() => undefined);
  return speech;
}

function synthesise(engine: EspeakWorker, text: string, voice: Voice): EngineSpeech {
  engine.set_voice(voice.name);
  engine.set_pitch(voice.pitch);
  const pieces: Int16Array[] = [];
  const events: EspeakEvent[] = [];
  engine.synthesize(text, (audio, news) => {
    // The engine reuses its buffer: copy now.
    if (audio !== null && audio.length > 0) pieces.push(audio.slice());
    events.push(...news);
    return undefined;
  });
  const pcm = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    pcm.set(piece, at);
    at += piece.length;
  }
  const words = events.flatMap((event) =>
    event.type === "word" && event.text_position !== undefined
      ? [{ atMs: event.audio_position, textIndex: event.text_position - 1 }]
      : [],
  );
  return { pcm, words };
}
