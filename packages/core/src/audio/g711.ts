/**
 * G.711, the sound of telephones: 8,000 samples a second, each a byte on a logarithmic scale. Earwitness keeps and relays
 * µ-law; what comes otherwise is brought into it. Source: ITU-T G.711, and the segment tables of its appendix.
 */

/** The byte of µ-law that stands for no sound at all. */
export const MULAW_SILENCE = 0xff;

/** Samples of a telephone line in a second; in G.711 they are bytes, too. */
export const TELEPHONE_HZ = 8000;
/** The same in a millisecond. */
export const SAMPLES_PER_MS = 8;

/** What µ-law adds to each magnitude before its logarithm, so that the smallest still have a leading bit. */
const MULAW_BIAS = 0x84;
/** The greatest magnitude that µ-law can write, on the scale of 16 bits. */
const MULAW_CLIP = 32_635;

/** The linear value, on the scale of 16 bits, of each byte of µ-law. */
export const MULAW_VALUES: Int16Array = Int16Array.from({ length: 256 }, (_, code) => {
  const value = ~code & 0xff;
  const magnitude = (((value & 0x0f) << 3) + MULAW_BIAS) << ((value & 0x70) >> 4);
  return value & 0x80 ? MULAW_BIAS - magnitude : magnitude - MULAW_BIAS;
});

/** The linear value, on the scale of 16 bits, of each byte of A-law. */
export const ALAW_VALUES: Int16Array = Int16Array.from({ length: 256 }, (_, code) => {
  const value = code ^ 0x55;
  const exponent = (value & 0x70) >> 4;
  const mantissa = (value & 0x0f) << 4;
  const magnitude = exponent === 0 ? mantissa + 8 : (mantissa + 0x108) << (exponent - 1);
  return value & 0x80 ? magnitude : -magnitude;
});

const MULAW_OF_ALAW: Uint8Array = Uint8Array.from(ALAW_VALUES, mulawOf);

/** The byte of µ-law nearest to a linear sample of 16 bits; what is louder than it can write is written as loud as it can. */
export function mulawOf(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(MULAW_CLIP, Math.abs(sample)) + MULAW_BIAS;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
}

/** A-law bytes as µ-law. */
export function mulawOfAlaw(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes, (byte) => MULAW_OF_ALAW[byte] ?? MULAW_SILENCE);
}

/**
 * Linear samples of 16 bits as µ-law. Network order, as RFC 2586 says of L16, unless told otherwise; half a sample at the end
 * is dropped.
 */
export function mulawOfLinear(bytes: Uint8Array, order: "big" | "little" = "big"): Uint8Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = new Uint8Array(bytes.byteLength >> 1);
  for (let i = 0; i < samples.length; i += 1) samples[i] = mulawOf(view.getInt16(2 * i, order === "little"));
  return samples;
}

/** How loud the loudest sample of µ-law bytes is: 0 for silence, 1 for as loud as can be. */
export function mulawPeak(bytes: Uint8Array): number {
  // Inverted and without its sign, a byte grows with what it stands for: only the loudest needs to be looked up.
  let loudest = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    const magnitude = ~(bytes[i] ?? MULAW_SILENCE) & 0x7f;
    if (magnitude > loudest) loudest = magnitude;
  }
  return Math.min(1, Math.abs(MULAW_VALUES[~loudest & 0xff] ?? 0) / MULAW_CLIP);
}
