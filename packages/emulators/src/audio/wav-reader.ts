import { decodeMulawByte } from "./mulaw.ts";

/** The bytes are no WAV file that can be read; the message says why, for a person. */
export class UnreadableAudio extends Error {
  override readonly name = "UnreadableAudio";
}

interface Format {
  readonly encoding: "pcm16" | "mulaw";
  readonly channels: number;
  readonly sampleHz: number;
}

const FORMAT_PCM = 1;
const FORMAT_MULAW = 7;
const FORMAT_EXTENSIBLE = 0xfffe;
/** A header longer than this is not a header. */
const MAX_HEADER_BYTES = 1024 * 1024;

/** Reads a WAV file piece by piece: PCM16 or µ-law, any number of channels. A file that ends early yields what it has. */
export class WavReader {
  #pending: Uint8Array = new Uint8Array(0);
  #format: Format | undefined;
  #inData = false;
  #dataLeft = 0;

  get format(): Format | undefined {
    return this.#inData ? this.#format : undefined;
  }

  /** Takes the next bytes and returns the samples that became complete, one array per channel. Throws `UnreadableAudio`. */
  push(bytes: Uint8Array): Int16Array[] {
    const joined = new Uint8Array(this.#pending.length + bytes.length);
    joined.set(this.#pending);
    joined.set(bytes, this.#pending.length);
    this.#pending = joined;
    if (!this.#inData && !this.#readHeader()) return [];
    return this.#readSamples();
  }

  /** Throws `UnreadableAudio` when the file ended before its audio began. */
  finish(): Format {
    if (this.#format === undefined || !this.#inData) throw new UnreadableAudio("The file holds no audio.");
    return this.#format;
  }

  #readHeader(): boolean {
    const view = new DataView(this.#pending.buffer, this.#pending.byteOffset, this.#pending.length);
    if (view.byteLength < 12) return false;
    if (tag(view, 0) !== "RIFF" || tag(view, 8) !== "WAVE") throw new UnreadableAudio("The file is not a WAV file.");
    let at = 12;
    while (at + 8 <= view.byteLength) {
      const size = view.getUint32(at + 4, true);
      const name = tag(view, at);
      if (name === "data") {
        if (this.#format === undefined) throw new UnreadableAudio("The WAV file has no format chunk.");
        this.#inData = true;
        // Writers that do not know the length yet leave 0 or the maximum: then the file's end is the end.
        this.#dataLeft = size === 0 || size === 0xffffffff ? Number.POSITIVE_INFINITY : size;
        this.#pending = this.#pending.subarray(at + 8);
        return true;
      }
      if (at + 8 + size > view.byteLength) break;
      if (name === "fmt ") this.#format = readFormat(view, at + 8, size);
      at += 8 + size + (size % 2);
    }
    if (view.byteLength > MAX_HEADER_BYTES) throw new UnreadableAudio("The WAV file has no audio in its first MiB.");
    return false;
  }

  #readSamples(): Int16Array[] {
    const format = this.finish();
    const sampleBytes = format.encoding === "pcm16" ? 2 : 1;
    const frameBytes = sampleBytes * format.channels;
    const usable = Math.min(this.#pending.length, this.#dataLeft);
    const frames = Math.floor(usable / frameBytes);
    const view = new DataView(this.#pending.buffer, this.#pending.byteOffset, frames * frameBytes);
    const channels = Array.from({ length: format.channels }, (_, channel) => {
      const samples = new Int16Array(frames);
      for (let i = 0; i < frames; i += 1) {
        const at = i * frameBytes + channel * sampleBytes;
        samples[i] = format.encoding === "pcm16" ? view.getInt16(at, true) : decodeMulawByte(view.getUint8(at));
      }
      return samples;
    });
    this.#pending = this.#pending.slice(frames * frameBytes);
    this.#dataLeft -= frames * frameBytes;
    return channels;
  }
}

function readFormat(view: DataView, at: number, size: number): Format {
  if (size < 16) throw new UnreadableAudio("The WAV file's format chunk is too short.");
  const declared = view.getUint16(at, true);
  // The real code of an extensible format opens its GUID.
  const code = declared === FORMAT_EXTENSIBLE && size >= 26 ? view.getUint16(at + 24, true) : declared;
  const channels = view.getUint16(at + 2, true);
  const sampleHz = view.getUint32(at + 4, true);
  const bits = view.getUint16(at + 14, true);
  if (channels < 1 || channels > 32 || sampleHz === 0) throw new UnreadableAudio("The WAV file's format is malformed.");
  if (code === FORMAT_PCM && bits === 16) return { encoding: "pcm16", channels, sampleHz };
  if (code === FORMAT_MULAW && bits === 8) return { encoding: "mulaw", channels, sampleHz };
  throw new UnreadableAudio(`WAV format ${code} with ${bits} bits is not supported.`);
}

function tag(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}
