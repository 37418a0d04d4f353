/** MPEG audio layer III by its sampling rate: bits of version and of rate in the header, and the bitrate's index. */
const RATES: Readonly<
  Record<number, { version: number; rateIndex: number; bitrateIndex: number; frameBytes: number }>
> = {
  44100: { version: 3, rateIndex: 0, bitrateIndex: 9, frameBytes: 417 },
  48000: { version: 3, rateIndex: 1, bitrateIndex: 9, frameBytes: 384 },
  16000: { version: 2, rateIndex: 2, bitrateIndex: 4, frameBytes: 144 },
  8000: { version: 0, rateIndex: 2, bitrateIndex: 4, frameBytes: 288 },
};

/** An MP3 file of frames whose side information is all zeros: silence, of 128 or 32 kbit/s. */
export function mp3(options: {
  rate: number;
  channels: 1 | 2;
  frames: number;
  /** Of a tag before the sound. */
  id3Bytes?: number;
  /** Bytes of a tag behind it. */
  tail?: number;
  /** The encoder's note in the first frame. */
  note?: "Info" | "Xing";
}): Uint8Array<ArrayBuffer> {
  const { rate, channels, frames, id3Bytes = 0, tail = 0, note } = options;
  const shape = RATES[rate];
  if (shape === undefined) throw new Error(`No frame of ${rate} Hz is known here.`);
  const tagBytes = id3Bytes === 0 ? 0 : 10 + id3Bytes;
  const bytes = new Uint8Array(tagBytes + frames * shape.frameBytes + tail);
  if (tagBytes > 0) {
    bytes.set([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, (id3Bytes >> 7) & 0x7f, id3Bytes & 0x7f]);
    // A frame within the tag is none of the file's.
    bytes.set([0xff, 0xfb, 0x90, 0x00], 20);
  }
  for (let frame = 0; frame < frames; frame++) {
    const at = tagBytes + frame * shape.frameBytes;
    const mode = channels === 1 ? 0xc0 : 0;
    bytes.set([0xff, 0xe3 | (shape.version << 3), (shape.bitrateIndex << 4) | (shape.rateIndex << 2), mode], at);
  }
  const sideBytes = shape.version === 3 ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17;
  if (note !== undefined) bytes.set(new TextEncoder().encode(note), tagBytes + 4 + sideBytes);
  if (tail > 0) bytes.set(new TextEncoder().encode("TAG"), bytes.length - tail);
  return bytes;
}
