/** A few minutes of a lively call. Past it a browser that comes back gets the whole call anew, which costs as much. */
const MAX_FRAMES = 500;
/** At two bytes each at most, 300 KB of the 2 MB that a room has. */
const MAX_CHARACTERS = 150_000;

interface KeptFrame {
  readonly seq: number;
  readonly text: string;
  /** Characters of all frames up to and with this one. */
  readonly endCharacters: number;
}

/** The last frames that must not be missed, numbered without holes within an epoch. */
export class FrameRing {
  readonly epoch: string;
  #frames: KeptFrame[] = [];
  #lastSeq: number;
  #characters = 0;

  /** `lastSeq` frames of the epoch have been sent before; none of them is kept. */
  constructor(epoch: string, lastSeq: number) {
    this.epoch = epoch;
    this.#lastSeq = lastSeq;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Numbers a frame and keeps it; the oldest go where it gets too many. */
  add(make: (seq: number) => object): string {
    this.#lastSeq += 1;
    const text = JSON.stringify(make(this.#lastSeq));
    this.#characters += text.length;
    this.#frames.push({ seq: this.#lastSeq, text, endCharacters: this.#characters });
    let dropped = Math.max(0, this.#frames.length - MAX_FRAMES);
    while (this.#characters - (this.#frames[dropped]?.endCharacters ?? this.#characters) > MAX_CHARACTERS) dropped += 1;
    if (dropped > 0) this.#frames = this.#frames.slice(dropped);
    return text;
  }

  /** The frames after `seq`, in order; null when some of them are not kept any more, or `seq` was never reached. */
  after(seq: number): string[] | null {
    const firstKept = this.#lastSeq - this.#frames.length;
    if (seq > this.#lastSeq || seq < firstKept) return null;
    return this.#frames.slice(seq - firstKept).map(({ text }) => text);
  }

  /** Characters of all frames so far. */
  get characters(): number {
    return this.#characters;
  }

  /** Characters of all frames up to and with `seq`; where it is older than what is kept, up to what is kept. */
  charactersUpTo(seq: number): number {
    const [first] = this.#frames;
    if (first === undefined) return this.#characters;
    const kept = this.#frames[Math.min(seq, this.#lastSeq) - first.seq];
    return kept?.endCharacters ?? first.endCharacters - first.text.length;
  }
}
