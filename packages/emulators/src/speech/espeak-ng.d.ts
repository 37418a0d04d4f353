/** What we use of the untyped WebAssembly build of espeak-ng. */
declare module "@echogarden/espeak-ng-emscripten" {
  export interface EspeakEvent {
    readonly type: string;
    /** Milliseconds from the start of the text that is spoken. */
    readonly audio_position: number;
    /** One-based position of the word's first character in the text. */
    readonly text_position?: number;
    readonly word_length?: number;
  }
  export interface EspeakWorker {
    set_voice(name: string): number;
    set_pitch(pitch: number): void;
    set_rate(wordsPerMinute: number): void;
    /** Speaks at 22 050 Hz. The callback is called with pieces of audio while it runs; the pieces must be copied. */
    synthesize(text: string, onAudio: (audio: Int16Array | null, events: readonly EspeakEvent[]) => undefined): void;
  }
  export interface EspeakModule {
    readonly eSpeakNGWorker: new () => EspeakWorker | Promise<EspeakWorker>;
  }
  export default function load(): Promise<EspeakModule>;
}
