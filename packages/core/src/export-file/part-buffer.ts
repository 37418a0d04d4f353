/**
 * Bytes until they are a part. R2 wants parts of 5 MiB at least, all equal but the last, and 10,000 of them at most; of this size they
 * reach 80 GB. https://developers.cloudflare.com/r2/objects/multipart-objects/
 */
export const PART_BYTES = 8 * 1024 * 1024;

const encoder = new TextEncoder();

/** Fills up to one part, and holds what of the last text runs over. */
export class PartBuffer {
  private readonly bytes: Uint8Array;
  private filled = 0;
  private over = new Uint8Array();

  /** `begun` is what ran over before. */
  constructor(begun: Uint8Array, size = PART_BYTES) {
    this.bytes = new Uint8Array(size);
    this.take(begun);
  }

  get isFull(): boolean {
    return this.filled === this.bytes.length;
  }

  add(text: string): void {
    this.take(encoder.encode(text));
  }

  /** What is in it: a whole part once it is full. */
  part(): Uint8Array {
    return this.bytes.subarray(0, this.filled);
  }

  /** What did not fit: the beginning of the next part. */
  overrun(): Uint8Array {
    return this.over;
  }

  private take(bytes: Uint8Array): void {
    if (this.isFull) throw new Error("The part is full: it is to be stored first.");
    const fitting = bytes.subarray(0, this.bytes.length - this.filled);
    this.bytes.set(fitting, this.filled);
    this.filled += fitting.length;
    this.over = bytes.slice(fitting.length);
  }
}
