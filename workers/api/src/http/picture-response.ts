import type { StoredPicture } from "@earwitness/db";
import { notFound } from "@earwitness/shared";
import { STORED_CACHE_CONTROL } from "./audio-response.ts";
import { isUnchanged } from "./conditional.ts";

/**
 * Answers a GET or HEAD for a picture that somebody uploaded. It is shown and nothing else: of its own type alone, in a sandbox
 * where it is opened by itself. Throws `not_found` when R2 does not hold what the record says.
 */
export async function pictureResponse(
  request: Request,
  { r2Key, version }: StoredPicture,
  bucket: R2Bucket,
): Promise<Response> {
  const etag = `"${version}"`;
  const headers = new Headers({
    "cache-control": STORED_CACHE_CONTROL,
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    etag,
    vary: "cookie, authorization",
    "x-content-type-options": "nosniff",
  });
  if (isUnchanged(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });
  const object = await bucket.get(r2Key);
  if (object === null) throw notFound("The picture");
  headers.set("content-type", object.httpMetadata?.contentType ?? "application/octet-stream");
  headers.set("content-length", String(object.size));
  // The last part of a key is made of an id and an extension of ours.
  headers.set("content-disposition", `inline; filename="${r2Key.slice(r2Key.lastIndexOf("/") + 1)}"`);
  if (request.method === "GET") return new Response(object.body, { headers });
  await object.body.cancel();
  return new Response(null, { headers });
}
