import type { StoredAudio } from "@earwitness/db";
import { notFound } from "@earwitness/shared";
import { isUnchanged, rangeStillCounts } from "./conditional.ts";
import { HttpError } from "./http-error.ts";
import { readRange } from "./range.ts";

/** What is stored never changes, but who may see it does: browsers keep it for themselves and not for long. */
export const STORED_CACHE_CONTROL = "private, max-age=600";

export interface AudioAnswer {
  readonly bucket: R2Bucket;
  /** As what it is to be kept by who asks; null for playing it. */
  readonly fileName: string | null;
  /** Told before the first of these bytes goes out: where it throws, none does. */
  readonly onHandingOut: (part: { readonly offset: number; readonly length: number }) => Promise<void>;
}

/**
 * Answers a GET or HEAD for stored audio, streaming from R2 (RFC 9110 §13–14): 304 when the client has it, 206 for a part, 416
 * for a part that does not exist, else the whole. What is known from the record alone is answered without asking R2.
 * Throws `not_found` when R2 does not hold what the record says, and what `onHandingOut` throws.
 */
export async function audioResponse(
  request: Request,
  audio: StoredAudio,
  { bucket, fileName, onHandingOut }: AudioAnswer,
): Promise<Response> {
  const etag = `"${audio.sha256}"`;
  const headers = new Headers({
    "accept-ranges": "bytes",
    "cache-control": STORED_CACHE_CONTROL,
    "content-disposition": fileName === null ? "inline" : `attachment; filename="${fileName}"`,
    "content-type": audio.contentType,
    etag,
    vary: "cookie, authorization",
  });
  if (isUnchanged(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });

  // Only GET knows ranges; a HEAD tells of the whole (RFC 9110 §14.2).
  const counts = request.method === "GET" && rangeStillCounts(request.headers.get("if-range"), etag);
  const range = readRange(counts ? request.headers.get("range") : null, audio.sizeBytes);
  if (range.kind === "unsatisfiable") {
    throw new HttpError(
      "range_not_satisfiable",
      `The audio has ${audio.sizeBytes} bytes; the range begins past them.`,
      {
        "content-range": `bytes */${audio.sizeBytes}`,
      },
    );
  }

  const { offset, length } = range.kind === "part" ? range : { offset: 0, length: audio.sizeBytes };
  headers.set("content-length", String(length));
  if (range.kind === "part") headers.set("content-range", `bytes ${offset}-${offset + length - 1}/${audio.sizeBytes}`);
  const status = range.kind === "part" ? 206 : 200;
  if (request.method === "HEAD") return new Response(null, { status, headers });

  const object = await bucket.get(audio.r2Key, range.kind === "part" ? { range: { offset, length } } : {});
  if (object === null) throw notFound("The recording's audio");
  try {
    await onHandingOut({ offset, length });
  } catch (error) {
    await object.body.cancel();
    throw error;
  }
  return new Response(object.body, { status, headers });
}
