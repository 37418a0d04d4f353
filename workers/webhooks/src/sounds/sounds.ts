import { type Note, play, together } from "./tone.ts";
import { wavOf } from "./wav.ts";

/** Equal temperament from A4 = 440 Hz: the pitch `semitones` above A4. */
const pitch = (semitones: number) => 440 * 2 ** (semitones / 12);
const [G3, A3, C4, D4, E4, G4, A4, C5, D5, E5] = [-14, -12, -9, -7, -5, -2, 0, 3, 5, 7].map(pitch);

const QUAVER_MS = 320;
const BAR_MS = 8 * QUAVER_MS;

/** Four calm bars of a pentatonic melody over long low notes: 10.24 s, and its end leads into its beginning. */
function hold(): Float64Array {
  const melody: readonly Note[] = [
    ...quavers([E4, G4, A4, C5, A4, G4, E4, null]),
    ...quavers([D4, G4, A4, D5, C5, A4, G4, null]),
    ...quavers([C4, E4, G4, A4, C5, E5, D5, null]),
    ...quavers([C5, A4, G4, E4, D4, C4, D4, null]),
  ];
  return together(play(melody), play([A3, G3, C4, G3].map((hz): Note => [hz ?? null, BAR_MS])));
}

function quavers(pitches: readonly (number | null | undefined)[]): Note[] {
  return pitches.map((hz) => [hz ?? null, QUAVER_MS]);
}

/** The sounds that are played into calls, each by the name of its file. */
const MAKERS: ReadonlyMap<string, () => Float64Array> = new Map([
  ["hold.wav", hold],
  ["chime.wav", () => play([...quavers([G4, C5]), [E5 ?? null, 900]])],
  ["beep.wav", () => play([[1000, 250]])],
]);

const made = new Map<string, Uint8Array<ArrayBuffer>>();

/** A sound's WAV file, made once for an isolate; null where there is none of that name. */
export function soundFile(name: string): Uint8Array<ArrayBuffer> | null {
  const known = made.get(name);
  if (known !== undefined) return known;
  const make = MAKERS.get(name);
  if (make === undefined) return null;
  const file = wavOf(make());
  made.set(name, file);
  return file;
}
