import { createHash } from "node:crypto";
import { setImmediate as breathe } from "node:timers/promises";
import { interleave, WAV_HEADER_BYTES, wavHeader } from "../../audio/wav.ts";
import { SAMPLE_HZ } from "../../speech/speech.ts";
import type { Side } from "../leg/track.ts";
import type { Recording } from "./recording.ts";

/** Bytes that are made and sent at once. */
const PIECE_BYTES = 256 * 1024;

/** The WAV file of a recording. It is made while it is read, so that two gigabytes take no more memory than two kilobytes. */
export interface RecordingFile {
  readonly sizeBytes: number;
  readonly durationMs: number;
  /** Bytes `from` to `to` (exclusive). */
  read(from: number, to: number): AsyncGenerator<Uint8Array>;
}

/** The file as the call was heard; where the control door asked for a size, the call's audio repeats until that size is reached. */
export function fileOf(recording: Recording): RecordingFile {
  const channels = recording.channelCount;
  const blockBytes = channels * 2;
  const ownBytes = samplesOf(recording) * blockBytes;
  const wanted = recording.leg.recordingBytes;
  const dataBytes = wanted === undefined ? ownBytes : Math.floor((wanted - WAV_HEADER_BYTES) / blockBytes) * blockBytes;
  const header = wavHeader({ channels, sampleHz: SAMPLE_HZ, dataBytes });
  return {
    sizeBytes: WAV_HEADER_BYTES + dataBytes,
    durationMs: Math.round(((dataBytes / blockBytes) * 1000) / SAMPLE_HZ),
    async *read(first, last) {
      if (first < WAV_HEADER_BYTES) yield header.subarray(first, Math.min(last, WAV_HEADER_BYTES));
      const audio = interleave(channelsOf(recording));
      let at = Math.max(first, WAV_HEADER_BYTES) - WAV_HEADER_BYTES;
      const end = last - WAV_HEADER_BYTES;
      while (at < end) {
        const offset = audio.length === 0 ? 0 : at % audio.length;
        const piece = audio.length === 0 ? new Uint8Array(PIECE_BYTES) : audio.subarray(offset, offset + PIECE_BYTES);
        const size = Math.min(piece.length, end - at);
        yield piece.subarray(0, size);
        at += size;
      }
    },
  };
}

const digests = new WeakMap<Recording, Promise<string>>();

/** SHA-256 of the file in hex, computed once. */
export function sha256Of(recording: Recording): Promise<string> {
  const known = digests.get(recording) ?? digest(recording);
  digests.set(recording, known);
  return known;
}

async function digest(recording: Recording): Promise<string> {
  const file = fileOf(recording);
  const hash = createHash("sha256");
  for await (const piece of file.read(0, file.sizeBytes)) {
    hash.update(piece);
    await breathe();
  }
  return hash.digest("hex");
}

function samplesOf({ span, heard, leg }: Recording): number {
  if (leg.pauseMode === "silence") return span.to - span.from;
  return heard.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** One side as the file has it: what was said in a pause is silent, or not there. */
function sideOf(recording: Recording, side: Side): Int16Array {
  const { span, heard, leg } = recording;
  const file = new Int16Array(samplesOf(recording));
  let at = 0;
  for (const stretch of heard) {
    if (leg.pauseMode === "silence") at = stretch.from - span.from;
    file.set(leg.track.render(side, stretch), at);
    at += stretch.to - stretch.from;
  }
  return file;
}

/** Channel A is the leg that is recorded, channel B everything that is said or played to it. */
function channelsOf(recording: Recording): Int16Array[] {
  const { options } = recording;
  const remote = sideOf(recording, "remote");
  const local = sideOf(recording, "local");
  if (options.track === "inbound") return [remote];
  if (options.track === "outbound") return [local];
  if (options.channels === "dual") return [remote, local];
  return [remote.map((sample, i) => Math.max(-32_768, Math.min(32_767, sample + (local[i] ?? 0))))];
}
