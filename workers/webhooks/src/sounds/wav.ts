import { TELEPHONE_HZ } from "@earwitness/core";

const HEADER_BYTES = 44;
const WAVE_FORMAT_PCM = 1;
const LOUDEST = 32_767;

/** A WAV file of one channel of linear samples of 16 bits, which is what every carrier plays. Samples are −1 to 1. */
export function wavOf(samples: Float64Array): Uint8Array<ArrayBuffer> {
  const dataBytes = samples.length * 2;
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + dataBytes));
  const tag = (at: number, name: string) => {
    for (const [i, character] of [...name].entries()) view.setUint8(at + i, character.charCodeAt(0));
  };
  tag(0, "RIFF");
  view.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
  tag(8, "WAVE");
  tag(12, "fmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, WAVE_FORMAT_PCM, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, TELEPHONE_HZ, true);
  view.setUint32(28, TELEPHONE_HZ * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  tag(36, "data");
  view.setUint32(40, dataBytes, true);
  for (const [i, sample] of samples.entries()) {
    view.setInt16(HEADER_BYTES + 2 * i, Math.round(Math.max(-1, Math.min(1, sample)) * LOUDEST), true);
  }
  return new Uint8Array(view.buffer);
}
