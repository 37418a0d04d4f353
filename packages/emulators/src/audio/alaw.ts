/** G.711 A-law of a zero sample. */
export const ALAW_SILENCE = 0xd5;

/** One PCM16 sample as G.711 A-law: 13 bits, segments that double, every other bit inverted. */
export function encodeAlawSample(sample: number): number {
  const isNegative = sample < 0;
  const magnitude = (isNegative ? ~sample : sample) >> 3;
  const exponent = magnitude < 32 ? 0 : 31 - Math.clz32(magnitude) - 4;
  const mantissa = exponent === 0 ? magnitude >> 1 : (magnitude >> exponent) & 0x0f;
  return ((exponent << 4) | mantissa) ^ (isNegative ? 0x55 : 0xd5);
}

/** One A-law byte as PCM16: the middle of its interval. */
export function decodeAlawByte(byte: number): number {
  const code = byte ^ 0x55;
  const exponent = (code >> 4) & 7;
  const mantissa = code & 0x0f;
  const magnitude = exponent === 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 0x108) << (exponent - 1);
  return (code & 0x80) === 0 ? -magnitude : magnitude;
}

const encoded = new Uint8Array(65_536);
for (let sample = -32_768; sample < 32_768; sample += 1) encoded[sample & 0xffff] = encodeAlawSample(sample);

/** PCM16 as A-law, by table. */
export function encodeAlaw(pcm: Int16Array): Uint8Array {
  const bytes = new Uint8Array(pcm.length);
  for (let i = 0; i < pcm.length; i += 1) bytes[i] = encoded[(pcm[i] ?? 0) & 0xffff] ?? ALAW_SILENCE;
  return bytes;
}
