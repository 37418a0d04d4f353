/** Input samples on each side of an output sample that the low-pass filter looks at. */
const HALF_WIDTH = 24;
/** The share of the lower Nyquist frequency that is kept; the rest is the filter's slope. */
const PASS_BAND = 0.92;

/** Band-limited conversion of the sampling rate with a Hann-windowed sinc. Telephone speech is 8 kHz, espeak-ng's is 22.05 kHz. */
export function resample(input: Int16Array, fromHz: number, toHz: number): Int16Array {
  if (fromHz === toHz) return input;
  const output = new Int16Array(Math.round((input.length * toHz) / fromHz));
  const step = fromHz / toHz;
  const cutoff = Math.min(1, toHz / fromHz) * PASS_BAND;
  for (let i = 0; i < output.length; i += 1) {
    const centre = i * step;
    const first = Math.max(0, Math.ceil(centre - HALF_WIDTH));
    const last = Math.min(input.length - 1, Math.floor(centre + HALF_WIDTH));
    let sum = 0;
    for (let k = first; k <= last; k += 1) {
      const distance = k - centre;
      const x = Math.PI * cutoff * distance;
      const sinc = x === 0 ? 1 : Math.sin(x) / x;
      sum += (input[k] ?? 0) * cutoff * sinc * (0.5 + 0.5 * Math.cos((Math.PI * distance) / HALF_WIDTH));
    }
    output[i] = Math.max(-32_768, Math.min(32_767, Math.round(sum)));
  }
  return output;
}
