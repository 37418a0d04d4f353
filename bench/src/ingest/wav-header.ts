const HEADER_BYTES = 44;
const HZ = 8_000;
const CHANNELS = 2;
const BYTES_PER_SAMPLE = 2;

/** The header of a WAV file of `sizeBytes` in all: 16-bit PCM, two channels at 8 kHz, as carriers write recordings. */
export function wavHeader(sizeBytes: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(sizeBytes - 8, 4);
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(CHANNELS, 22);
  header.writeUInt32LE(HZ, 24);
  header.writeUInt32LE(HZ * CHANNELS * BYTES_PER_SAMPLE, 28);
  header.writeUInt16LE(CHANNELS * BYTES_PER_SAMPLE, 32);
  header.writeUInt16LE(8 * BYTES_PER_SAMPLE, 34);
  header.write("data", 36, "latin1");
  header.writeUInt32LE(sizeBytes - HEADER_BYTES, 40);
  return header;
}
