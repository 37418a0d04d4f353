import { TELEPHONE_HZ } from "./g711.ts";

/** The bytes before the samples of a µ-law WAV file. */
export const WAV_HEADER_BYTES = 58;

/** WAVE format tag of µ-law, RFC 2361. */
const WAVE_FORMAT_MULAW = 7;

/**
 * The header of a WAV file of µ-law at 8 kHz with `dataBytes` of samples, channel by channel in turn. Formats other than PCM
 * have an extension's size in `fmt ` and a `fact` chunk with the number of samples a channel (Microsoft's "New Multimedia
 * Data Types and Data Techniques", 1994).
 */
export function mulawWavHeader(channels: number, dataBytes: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(WAV_HEADER_BYTES));
  const tag = (at: number, name: string) => {
    for (const [i, character] of [...name].entries()) view.setUint8(at + i, character.charCodeAt(0));
  };
  tag(0, "RIFF");
  view.setUint32(4, WAV_HEADER_BYTES - 8 + dataBytes, true);
  tag(8, "WAVE");
  tag(12, "fmt ");
  view.setUint32(16, 18, true);
  view.setUint16(20, WAVE_FORMAT_MULAW, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, TELEPHONE_HZ, true);
  view.setUint32(28, TELEPHONE_HZ * channels, true);
  view.setUint16(32, channels, true);
  view.setUint16(34, 8, true);
  view.setUint16(36, 0, true);
  tag(38, "fact");
  view.setUint32(42, 4, true);
  view.setUint32(46, dataBytes / channels, true);
  tag(50, "data");
  view.setUint32(54, dataBytes, true);
  return new Uint8Array(view.buffer);
}
