import { ALAW_VALUES, MULAW_VALUES } from "../audio/g711.ts";
import { PeakMeter, type Peaks } from "./peaks.ts";

/** What a WAV file's bytes say of themselves. */
export interface WavFacts {
  readonly encoding: "pcm16" | "mulaw" | "alaw";
  readonly channels: number;
  readonly sampleRateHz: number;
  /** By the samples that were really there, not by what the header promised. */
  readonly durationMs: number;
  /** The header promised more or fewer bytes of audio than came. A header written before the end of a call says 0 or the maximum: that is no lie. */
  readonly isTruncated: boolean;
  readonly peaks: Peaks;
}

/** WAVE format tags, RFC 2361. */
const ENCODINGS: Readonly<Record<number, { encoding: WavFacts["encoding"]; bytesPerSample: number }>> = {
  1: { encoding: "pcm16", bytesPerSample: 2 },
  6: { encoding: "alaw", bytesPerSample: 1 },
  7: { encoding: "mulaw", bytesPerSample: 1 },
};
const EXTENSIBLE = 0xfffe;
/** A header with every optional chunk that carriers write fits many times; a file without audio in its first part is no recording. */
const MAX_HEADER_BYTES = 65_536;

/** What the head of a WAV file tells. */
export interface WavHeader {
  readonly encoding: WavFacts["encoding"];
  readonly bytesPerSample: number;
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly dataOffset: number;
  /** null when the writer did not know it. */
  readonly dataBytes: number | null;
}

/**
 * Reads a WAV file as it streams by, in constant memory. Push every byte in order, then ask for the facts, which are null
 * for bytes that are no WAV file of an encoding that carriers use (PCM of 16 bits, µ-law, A-law).
 */
export class WavMeter {
  private head = new Uint8Array(0);
  private header: WavHeader | null = null;
  private meter: PeakMeter | null = null;
  private unreadable = false;
  private rest = new Uint8Array(0);
  private audioBytes = 0;

  push(chunk: Uint8Array): void {
    if (this.unreadable) return;
    if (this.header !== null) {
      this.pushAudio(chunk);
      return;
    }
    this.head = concat(this.head, chunk);
    const header = readHeader(this.head);
    if (header === "more" && this.head.length < MAX_HEADER_BYTES) return;
    if (header === "more" || header === "unreadable") {
      this.unreadable = true;
      return;
    }
    this.header = header;
    this.meter = new PeakMeter(header.sampleRateHz, header.channels);
    const audio = this.head.subarray(header.dataOffset);
    this.head = new Uint8Array(0);
    this.pushAudio(audio);
  }

  /** Known not to be a WAV file that we can read. */
  get isUnreadable(): boolean {
    return this.unreadable;
  }

  /** The header is read: what comes is audio. */
  get hasHeader(): boolean {
    return this.header !== null;
  }

  finish(): WavFacts | null {
    const { header, meter } = this;
    if (header === null || meter === null) return null;
    const frames = Math.floor(this.audioBytes / (header.channels * header.bytesPerSample));
    return {
      encoding: header.encoding,
      channels: header.channels,
      sampleRateHz: header.sampleRateHz,
      durationMs: Math.round((frames * 1000) / header.sampleRateHz),
      isTruncated: header.dataBytes !== null && this.audioBytes < header.dataBytes,
      peaks: meter.finish(),
    };
  }

  private pushAudio(chunk: Uint8Array): void {
    const { header, meter } = this;
    if (header === null || meter === null) return;
    // Chunks after the audio (names, dates) are not audio.
    const room = header.dataBytes === null ? chunk.length : Math.max(0, header.dataBytes - this.audioBytes);
    const audio = chunk.subarray(0, room);
    this.audioBytes += audio.length;
    const bytes = this.rest.length === 0 ? audio : concat(this.rest, audio);
    const frameBytes = header.channels * header.bytesPerSample;
    const whole = bytes.length - (bytes.length % frameBytes);
    meter.push(samplesOf(bytes.subarray(0, whole), header.encoding));
    this.rest = bytes.slice(whole);
  }
}

/** The head of a file whose first bytes these are; null for what is no WAV file that we read. */
export function readWavHeader(bytes: Uint8Array): WavHeader | null {
  const header = readHeader(bytes);
  return header === "more" || header === "unreadable" ? null : header;
}

function readHeader(bytes: Uint8Array): WavHeader | "more" | "unreadable" {
  if (bytes.length < 12) return "more";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (tag(0) !== "RIFF" || tag(8) !== "WAVE") return "unreadable";
  let format: Omit<WavHeader, "dataOffset" | "dataBytes"> | null = null;
  for (let at = 12; ; ) {
    if (at + 8 > bytes.length) return "more";
    const name = tag(at);
    const size = view.getUint32(at + 4, true);
    if (name === "data") {
      if (format === null) return "unreadable";
      return { ...format, dataOffset: at + 8, dataBytes: size === 0 || size >= 0xffff_ff00 ? null : size };
    }
    if (at + 8 + size > bytes.length) return "more";
    if (name === "fmt ") {
      format = readFormat(view, at + 8, size);
      if (format === null) return "unreadable";
    }
    at += 8 + size + (size % 2);
  }
}

function readFormat(view: DataView, at: number, size: number): Omit<WavHeader, "dataOffset" | "dataBytes"> | null {
  if (size < 16) return null;
  const tag = view.getUint16(at, true);
  const encoding = ENCODINGS[tag === EXTENSIBLE && size >= 26 ? view.getUint16(at + 24, true) : tag];
  const channels = view.getUint16(at + 2, true);
  const sampleRateHz = view.getUint32(at + 4, true);
  const bits = view.getUint16(at + 14, true);
  if (encoding === undefined || bits !== encoding.bytesPerSample * 8) return null;
  if (channels < 1 || channels > 8 || sampleRateHz < 4_000 || sampleRateHz > 192_000) return null;
  return { ...encoding, channels, sampleRateHz };
}

function samplesOf(bytes: Uint8Array, encoding: WavFacts["encoding"]): Int16Array {
  if (encoding !== "pcm16") {
    const table = encoding === "mulaw" ? MULAW_VALUES : ALAW_VALUES;
    return Int16Array.from(bytes, (byte) => table[byte] ?? 0);
  }
  // WAV is little-endian, and so is every machine that runs a Worker; only the alignment must be seen to.
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : bytes.slice();
  return new Int16Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 2);
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
