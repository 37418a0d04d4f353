/** Bytes of the header that `wavHeader` writes. */
export const WAV_HEADER_BYTES = 44;

export interface WavShape {
  readonly channels: number;
  readonly sampleHz: number;
  readonly dataBytes: number;
}

/** The header of a PCM16 WAV file (RIFF, little-endian). RIFF sizes are 32 bits: files end at 4 GiB. */
export function wavHeader({ channels, sampleHz, dataBytes }: WavShape): Uint8Array {
  if (dataBytes + 36 > 0xffffffff) throw new RangeError(`A WAV file cannot hold ${dataBytes} bytes of audio.`);
  const bytes = new Uint8Array(WAV_HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  const blockBytes = channels * 2;
  bytes.set(ascii("RIFF"), 0);
  view.setUint32(4, dataBytes + 36, true);
  bytes.set(ascii("WAVEfmt "), 8);
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleHz, true);
  view.setUint32(28, sampleHz * blockBytes, true);
  view.setUint16(32, blockBytes, true);
  view.setUint16(34, 16, true);
  bytes.set(ascii("data"), 36);
  view.setUint32(40, dataBytes, true);
  return bytes;
}

/** Interleaves channels of equal length into little-endian PCM16. */
export function interleave(channels: readonly Int16Array[]): Uint8Array {
  const frames = channels[0]?.length ?? 0;
  const view = new DataView(new ArrayBuffer(frames * channels.length * 2));
  channels.forEach((samples, channel) => {
    for (let i = 0; i < frames; i += 1) view.setInt16((i * channels.length + channel) * 2, samples[i] ?? 0, true);
  });
  return new Uint8Array(view.buffer);
}

/** A whole WAV file. */
export function encodeWav(channels: readonly Int16Array[], sampleHz: number): Uint8Array {
  const data = interleave(channels);
  const file = new Uint8Array(WAV_HEADER_BYTES + data.length);
  file.set(wavHeader({ channels: channels.length, sampleHz, dataBytes: data.length }));
  file.set(data, WAV_HEADER_BYTES);
  return file;
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
