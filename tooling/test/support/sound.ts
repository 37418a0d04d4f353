/** Channels of PCM16 at one rate, as a WAV file has them. */
export interface Sound {
  readonly rate: number;
  readonly channels: readonly Int16Array[];
}

/** Reads a WAV file of PCM16 whose samples begin after the plainest header. */
export function readWav(bytes: Uint8Array): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const channelCount = view.getUint16(22, true);
  const dataAt = 44;
  if (view.getUint16(20, true) !== 1 || Buffer.from(bytes.subarray(36, 40)).toString() !== "data") {
    throw new Error("It is not the plainest WAV file");
  }
  const frames = Math.floor((bytes.length - dataAt) / (2 * channelCount));
  const channels = Array.from({ length: channelCount }, (_, channel) =>
    Int16Array.from({ length: frames }, (_, i) => view.getInt16(dataAt + 2 * (i * channelCount + channel), true)),
  );
  return { rate: view.getUint32(24, true), channels };
}

/** A WAV file of PCM, with samples of 16 bits unless told otherwise. */
export function writeWav({ rate, channels }: Sound, bits = 16): Uint8Array<ArrayBuffer> {
  const sampleBytes = bits / 8;
  const frames = channels[0]?.length ?? 0;
  const blockBytes = channels.length * sampleBytes;
  const file = Buffer.alloc(44 + frames * blockBytes);
  file.write("RIFF", 0);
  file.writeUInt32LE(36 + frames * blockBytes, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(channels.length, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * blockBytes, 28);
  file.writeUInt16LE(blockBytes, 32);
  file.writeUInt16LE(bits, 34);
  file.write("data", 36);
  file.writeUInt32LE(frames * blockBytes, 40);
  for (let i = 0; i < frames; i++) {
    channels.forEach((samples, channel) => {
      const at = 44 + i * blockBytes + channel * sampleBytes + (sampleBytes - 2);
      file.writeInt16LE(samples[i] ?? 0, at);
    });
  }
  return Uint8Array.from(file);
}

/** The same sound with each sample held until the next is due at a higher rate. */
export function held({ rate, channels }: Sound, higher: number): Sound {
  const ratio = higher / rate;
  const raised = channels.map((samples) => {
    const longer = new Int16Array(Math.ceil(samples.length * ratio));
    samples.forEach((sample, i) => {
      longer.fill(sample, Math.floor(i * ratio), Math.floor((i + 1) * ratio));
    });
    return longer;
  });
  return { rate: higher, channels: raised };
}
