/** The smallest WAV file that is a sound: a tenth of a second, of one voice. */
export function aSound(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(44 + 1600).fill(7, 44);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode("RIFF\0\0\0\0WAVEfmt "));
  view.setUint32(4, 36 + 1600, true);
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, 8000, true);
  view.setUint32(28, 16_000, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  bytes.set(new TextEncoder().encode("data"), 36);
  view.setUint32(40, 1600, true);
  return bytes;
}
