/** 20 ms of µ-law at 8 kHz, as the carrier sends it (`providers`: 160 bytes, 216 characters of base64). */
export const FRAME_BYTES = 160;
export const FRAME_MS = 20;
export const TRACKS = ["inbound", "outbound"] as const;
export type TrackIndex = 0 | 1;

/** What a frame's first bytes say of it, so that whoever receives the audio knows which frames it holds and when they left. */
export interface Stamp {
  /** 0 to 255: what is late from one round is not taken for the next one's. */
  round: number;
  call: number;
  track: TrackIndex;
  /** From 0, on its track. */
  chunk: number;
  /** CLOCK_MONOTONIC, which all processes of a machine share. */
  sentNs: bigint;
}

const MAGIC = 0x45_57_46_31;
/** Magic 4, call 2, track 1, round 1, chunk 4, time 8; padded to a multiple of three, so that its base64 stands alone. */
const STAMP_BYTES = 21;
const SILENCE = 0xff;
const restOfPayload = Buffer.alloc(FRAME_BYTES - STAMP_BYTES, SILENCE).toString("base64");
const scratch = Buffer.alloc(STAMP_BYTES, SILENCE);

/** The base64 payload of a frame that carries `stamp`. */
export function stampedPayload(stamp: Stamp): string {
  scratch.writeUInt32BE(MAGIC, 0);
  scratch.writeUInt16BE(stamp.call, 4);
  scratch.writeUInt8(stamp.track, 6);
  scratch.writeUInt8(stamp.round, 7);
  scratch.writeUInt32BE(stamp.chunk, 8);
  scratch.writeBigUInt64BE(stamp.sentNs, 12);
  return scratch.toString("base64") + restOfPayload;
}

/** The stamps of the frames that `audio` holds one after another; null for one that has none, because it is another's or was cut. */
export function readStamps(audio: Buffer): (Stamp | null)[] {
  const stamps: (Stamp | null)[] = [];
  for (let at = 0; at + FRAME_BYTES <= audio.length; at += FRAME_BYTES) stamps.push(stampAt(audio, at));
  return stamps;
}

function stampAt(audio: Buffer, at: number): Stamp | null {
  if (audio.readUInt32BE(at) !== MAGIC) return null;
  return {
    call: audio.readUInt16BE(at + 4),
    track: audio.readUInt8(at + 6) === 0 ? 0 : 1,
    round: audio.readUInt8(at + 7),
    chunk: audio.readUInt32BE(at + 8),
    sentNs: audio.readBigUInt64BE(at + 12),
  };
}
