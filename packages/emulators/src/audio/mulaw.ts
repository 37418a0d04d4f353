/** The highest magnitude that G.711 µ-law can carry, and the bias that makes its segments powers of two. */
const CLIP = 32635;
const BIAS = 0x84;

/** One PCM16 sample as G.711 µ-law. Both zeros are written as 0xFF, so that silence has one form. */
export function encodeMulawSample(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  const code = ~(sign | (exponent << 4) | mantissa) & 0xff;
  return code === 0x7f ? SILENCE : code;
}

/** µ-law of a zero sample. */
export const SILENCE = 0xff;

/** One µ-law byte as PCM16. */
export function decodeMulawByte(byte: number): number {
  const code = ~byte & 0xff;
  const magnitude = ((((code & 0x0f) << 3) + BIAS) << ((code >> 4) & 7)) - BIAS;
  return (code & 0x80) === 0 ? magnitude : -magnitude;
}

const encoded = new Uint8Array(65_536);
for (let sample = -32_768; sample < 32_768; sample += 1) encoded[sample & 0xffff] = encodeMulawSample(sample);

/** PCM16 as µ-law, by table: this runs over every sample that is transcribed. */
export function encodeMulaw(pcm: Int16Array): Uint8Array {
  const bytes = new Uint8Array(pcm.length);
  for (let i = 0; i < pcm.length; i += 1) bytes[i] = encoded[(pcm[i] ?? 0) & 0xffff] ?? SILENCE;
  return bytes;
}
