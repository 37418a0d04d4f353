import { common, type Span, united, without } from "./spans.ts";

/** A carrier's file that is stored, and when the carrier says that it was made. Instants are ms of the epoch. */
export interface RecordedFile {
  readonly startedAtMs: number;
  /** null where the carrier does not tell. */
  readonly endedAtMs: number | null;
  readonly durationMs: number;
}

/** The stamps of a carrier agree with its samples to this much. */
const TOLERANCE_MS = 400;

/**
 * How a file lies on its call: it begins at `startMs` since the answer, and either keeps pauses as silence, or leaves them out,
 * so that what follows one comes earlier in the file. Whether a carrier does the one or the other is not documented, so it is
 * told from the file's length.
 */
export class FileTimeline {
  readonly #startMs: number;
  readonly #durationMs: number;
  /** Pauses that the file leaves out, in ms since the answer; none where it keeps them. */
  readonly #cut: readonly Span[];

  constructor(answeredAtMs: number, file: RecordedFile, pauses: readonly Span[]) {
    this.#startMs = file.startedAtMs - answeredAtMs;
    this.#durationMs = file.durationMs;
    this.#cut = cutsOf(this.#startMs, file, answeredAtMs, pauses);
  }

  /** What of the call the file holds, pauses included where they lie in it as silence. */
  spans(): Span[] {
    return without([{ startMs: this.#startMs, endMs: this.toCallMs(this.#durationMs) }], this.#cut);
  }

  /** A position in the file as one on the call. */
  toCallMs(fileMs: number): number {
    let callMs = this.#startMs + fileMs;
    for (const { startMs, endMs } of this.#cut) if (startMs <= callMs) callMs += endMs - startMs;
    return callMs;
  }

  /** A position on the call as one in the file: that of the next sound where the file leaves it out. */
  toFileMs(callMs: number): number {
    const before = common([{ startMs: this.#startMs, endMs: Math.max(this.#startMs, callMs) }], this.#cut);
    const left = before.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
    return Math.min(this.#durationMs, Math.max(0, callMs - this.#startMs - left));
  }
}

function cutsOf(startMs: number, file: RecordedFile, answeredAtMs: number, pauses: readonly Span[]): Span[] {
  if (file.endedAtMs === null) return [];
  const endMs = file.endedAtMs - answeredAtMs;
  const within = common(united(pauses), united([{ startMs, endMs }]));
  const pausedMs = within.reduce((sum, each) => sum + each.endMs - each.startMs, 0);
  const shortMs = endMs - startMs - file.durationMs;
  // Nearer to "all pauses are left out" than to "none is", and by more than clocks and samples differ.
  return shortMs > TOLERANCE_MS && shortMs > pausedMs / 2 ? within : [];
}
