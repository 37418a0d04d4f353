import { mulawOfAlaw, mulawOfLinear } from "@earwitness/core";
import type { LiveChannel } from "@earwitness/shared";
import { z } from "zod";
import { parseJson } from "../../http/index.ts";

/** How a stream's sound is written; Telnyx's `media_format` is the truth, whatever was asked for. */
export type MediaEncoding = "PCMU" | "PCMA" | "L16";

/** One message of a media socket in our words. */
export type MediaFrame =
  /** `encoding` is null where the stream is in one that is not known here: nothing of it can be heard. */
  | { readonly type: "started"; readonly controlId: string; readonly encoding: MediaEncoding | null }
  /** A piece of one track. `number` rises by one or more from piece to piece; they may come in another order. */
  | { readonly type: "sound"; readonly channel: LiveChannel; readonly number: number; readonly payload: Uint8Array }
  | { readonly type: "stopped" }
  /** The vendor complains of something that we sent. */
  | { readonly type: "complaint"; readonly code: number }
  /** Known, or not yet known, and of no consequence. */
  | { readonly type: "other" };

/** Numbers are strings on this wire. */
const digits = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

const Media = z.object({
  event: z.literal("media"),
  media: z.object({ track: z.enum(["inbound", "outbound"]), chunk: digits, payload: z.string() }),
});
const Start = z.object({
  event: z.literal("start"),
  start: z.object({
    call_control_id: z.string(),
    media_format: z.object({
      encoding: z.string(),
      sample_rate: z.number().nullish(),
      channels: z.number().nullish(),
    }),
  }),
});
const Complaint = z.object({ event: z.literal("error"), payload: z.object({ code: z.number() }) });
const Other = z.object({ event: z.string() });

const ENCODINGS: ReadonlyMap<string, MediaEncoding> = new Map([
  ["PCMU", "PCMU"],
  ["PCMA", "PCMA"],
  ["L16", "L16"],
]);

/** Reads a message of a media socket; null for one that is not what it says that it is. */
export function readTelnyxMediaFrame(text: string): MediaFrame | null {
  const json = parseJson(text);
  // A hundred a second of these come, and hardly ever anything else.
  const media = Media.safeParse(json).data?.media;
  if (media !== undefined) {
    const channel = media.track === "inbound" ? "caller" : "agent";
    const payload = bytesOf(media.payload);
    return payload === null ? null : { type: "sound", channel, number: media.chunk, payload };
  }
  switch (Other.safeParse(json).data?.event) {
    case undefined:
    case "media":
      return null;
    case "start": {
      const start = Start.safeParse(json).data?.start;
      if (start === undefined) return null;
      const { encoding, sample_rate, channels } = start.media_format;
      const isTelephone = (sample_rate ?? 8000) === 8000 && (channels ?? 1) === 1;
      return {
        type: "started",
        controlId: start.call_control_id,
        encoding: (isTelephone ? ENCODINGS.get(encoding.toUpperCase()) : undefined) ?? null,
      };
    }
    case "stop":
      return { type: "stopped" };
    case "error": {
      const complaint = Complaint.safeParse(json).data;
      return complaint === undefined ? null : { type: "complaint", code: complaint.payload.code };
    }
    default:
      return { type: "other" };
  }
}

/** A piece's samples as µ-law. L16 is in network order (RFC 2586); its order at the vendor is disputed, so it is not asked for. */
export function mulawOfPayload(payload: Uint8Array, encoding: MediaEncoding): Uint8Array {
  switch (encoding) {
    case "PCMU":
      return payload;
    case "PCMA":
      return mulawOfAlaw(payload);
    case "L16":
      return mulawOfLinear(payload);
  }
}

/** null for what is no base64: decoding it is the check, for to check it first would decode it twice. */
function bytesOf(base64: string): Uint8Array | null {
  let binary: string;
  try {
    binary = atob(base64);
  } catch {
    return null;
  }
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
