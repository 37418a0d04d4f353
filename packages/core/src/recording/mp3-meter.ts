/** What an MP3 file's frames say of themselves. */
export interface Mp3Facts {
  readonly channels: number;
  readonly sampleRateHz: number;
  /** By the frames that were really there. */
  readonly durationMs: number;
  /** Its last frame is cut off. */
  readonly isTruncated: boolean;
}

/** A frame of MPEG audio layer III, by its header (ISO/IEC 11172-3 §2.4.1.3, 13818-3 §2.4.2.3). */
interface FrameHeader {
  readonly frameBytes: number;
  readonly samples: number;
  readonly sampleRateHz: number;
  readonly channels: number;
  /** Where an encoder's note on the whole file lies, in the place of sound. */
  readonly noteAt: number;
}

const HEADER_BYTES = 4;
/** A header, the longest side information, and the four letters of an encoder's note behind it. */
const FIRST_LOOK_BYTES = 48;
/** Of an ID3v2 tag (id3v2.3.0 §3.1): pictures of the cover are in there, too. */
const ID3_HEADER_BYTES = 10;
/** Bits a second by the header's index, in thousands, of MPEG 1 and of MPEG 2 and 2.5; 0 where there is none. */
const KBITS_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
const KBITS_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];
const SAMPLE_RATES_1 = [44_100, 48_000, 32_000];
/** Between frames lie tags, at the end as a rule; a file in which they are more than this and a tenth of it is no sound. */
const MAX_OTHER_BYTES = 1024 * 1024;

/**
 * Reads an MP3 file as it streams by, in constant memory: from frame to frame, without decoding. Push every byte in order, then
 * ask for the facts, which are null for bytes that are no MP3 file. The first byte, or the first behind an ID3v2 tag, must begin
 * a frame: what merely holds something that looks like one is no sound.
 */
export class Mp3Meter {
  private rest = new Uint8Array(0);
  /** Bytes to pass over: of a frame, or of a tag. */
  private skip = 0;
  private first: FrameHeader | null = null;
  private hasBegun = false;
  private unreadable = false;
  private frames = 0;
  private samples = 0;
  private lastSamples = 0;
  private frameBytes = 0;
  private otherBytes = 0;

  push(chunk: Uint8Array): void {
    if (this.unreadable) return;
    const bytes = this.rest.length === 0 ? chunk : concat(this.rest, chunk);
    let at = 0;
    for (;;) {
      const passed = Math.min(this.skip, bytes.length - at);
      this.skip -= passed;
      at += passed;
      if (this.skip > 0 || this.unreadable) break;
      const taken = this.take(bytes.subarray(at));
      if (taken === 0) break;
      at += taken;
    }
    this.rest = bytes.slice(at);
  }

  /** Known not to be an MP3 file. */
  get isUnreadable(): boolean {
    return this.unreadable;
  }

  finish(): Mp3Facts | null {
    const { first } = this;
    // Of a file shorter than the first look nothing was taken; a cut frame is no sound.
    const isTruncated = this.skip > 0;
    const frames = this.frames - (isTruncated ? 1 : 0);
    // One frame may be chance; a second one, just where the first ends, is not.
    if (this.unreadable || first === null || frames < 2) return null;
    const samples = this.samples - (isTruncated ? this.lastSamples : 0);
    const durationMs = Math.round((samples * 1000) / first.sampleRateHz);
    return { channels: first.channels, sampleRateHz: first.sampleRateHz, durationMs, isTruncated };
  }

  private get isMostlyOther(): boolean {
    return this.otherBytes > MAX_OTHER_BYTES && this.otherBytes > this.frameBytes / 10;
  }

  /** How much was understood of what is at hand; 0 when more is needed. */
  private take(bytes: Uint8Array): number {
    if (!this.hasBegun) return this.begin(bytes);
    if (bytes.length < (this.first === null ? FIRST_LOOK_BYTES : HEADER_BYTES)) return 0;
    const header = readHeader(bytes);
    if (header === null || !this.belongs(header)) {
      // The second frame must be there: only sound that has begun may be followed by something else.
      if (this.frames < 2) this.unreadable = true;
      this.otherBytes++;
      if (this.isMostlyOther) this.unreadable = true;
      return 1;
    }
    const isNote = this.first === null && isEncodersNote(bytes, header.noteAt);
    this.first ??= header;
    this.frames++;
    this.frameBytes += header.frameBytes;
    this.lastSamples = isNote ? 0 : header.samples;
    this.samples += this.lastSamples;
    this.skip = header.frameBytes;
    return this.passOver(bytes);
  }

  /** Passes over as much as is here; the rest is skipped as it comes. */
  private passOver(bytes: Uint8Array): number {
    const passed = Math.min(this.skip, bytes.length);
    this.skip -= passed;
    return passed;
  }

  private begin(bytes: Uint8Array): number {
    if (bytes.length < ID3_HEADER_BYTES) return 0;
    this.hasBegun = !isId3(bytes);
    if (this.hasBegun) return this.take(bytes);
    // Seven bits a byte, so that no tag looks like a frame.
    const size = bytes.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);
    this.skip = ID3_HEADER_BYTES + size;
    return this.passOver(bytes);
  }

  /** Frames of one stream agree in their rate; what does not is another's header, or chance. */
  private belongs(header: FrameHeader): boolean {
    return this.first === null || header.sampleRateHz === this.first.sampleRateHz;
  }
}

function isId3(bytes: Uint8Array): boolean {
  return bytes[0] === 0x49 && bytes[1] === 0x44 && bytes[2] === 0x33;
}

/** Null for what is no header of layer III, and for a stream of free format, whose frames do not tell their length. */
function readHeader(bytes: Uint8Array): FrameHeader | null {
  const [sync = 0, kind = 0, rates = 0, mode = 0] = bytes;
  if (sync !== 0xff || (kind & 0xe0) !== 0xe0 || ((kind >> 1) & 3) !== 1) return null;
  const version = (kind >> 3) & 3;
  const kbits = (version === 3 ? KBITS_1 : KBITS_2)[rates >> 4] ?? 0;
  const baseHz = SAMPLE_RATES_1[(rates >> 2) & 3];
  if (version === 1 || kbits === 0 || baseHz === undefined) return null;
  const isFull = version === 3;
  // MPEG 2 halves the rates of MPEG 1, and MPEG 2.5 halves them again.
  const sampleRateHz = version === 3 ? baseHz : version === 2 ? baseHz / 2 : baseHz / 4;
  const samples = isFull ? 1152 : 576;
  const frameBytes = Math.floor(((samples / 8) * kbits * 1000) / sampleRateHz) + ((rates >> 1) & 1);
  const channels = mode >> 6 === 3 ? 1 : 2;
  const sideBytes = isFull ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17;
  return { frameBytes, samples, sampleRateHz, channels, noteAt: HEADER_BYTES + sideBytes };
}

/** A first frame in which an encoder tells of the file; players pass over it. */
function isEncodersNote(bytes: Uint8Array, noteAt: number): boolean {
  const name = String.fromCharCode(...bytes.subarray(noteAt, noteAt + 4));
  return name === "Xing" || name === "Info";
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
