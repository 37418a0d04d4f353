import { ALAW_SILENCE, decodeAlawByte, encodeAlaw } from "../../audio/alaw.ts";
import { decodeMulawByte, encodeMulaw } from "../../audio/mulaw.ts";

/** The codecs that this stand-in speaks. */
export type MediaCodec = "PCMU" | "PCMA" | "L16";

/** Byte order of L16. RFC 2586 says big-endian, clients of the vendor disagree: so it can be either. */
export type L16Order = "big" | "little";

/** PCM16 as a frame's payload. */
export function encodeSound(codec: MediaCodec, pcm: Int16Array, order: L16Order): Uint8Array {
  if (codec === "PCMU") return encodeMulaw(pcm);
  if (codec === "PCMA") return encodeAlaw(pcm);
  const view = new DataView(new ArrayBuffer(pcm.length * 2));
  pcm.forEach((sample, index) => {
    view.setInt16(index * 2, sample, order === "little");
  });
  return new Uint8Array(view.buffer);
}

/** A payload from the application as PCM16 at 8 kHz. */
export function decodeSound(codec: "PCMU" | "PCMA", bytes: Uint8Array): Int16Array {
  const decode = codec === "PCMU" ? decodeMulawByte : decodeAlawByte;
  // A-law has no zero: its silence is kept silent, so that padding does not hum.
  return Int16Array.from(bytes, (byte) => (codec === "PCMA" && byte === ALAW_SILENCE ? 0 : decode(byte)));
}
