import { setTimeout as sleep } from "node:timers/promises";
import { Hono } from "hono";
import type { Fault } from "../../faults/faults.ts";
import type { NodeBindings } from "../../http/listen.ts";
import { streamOf } from "../../http/stream.ts";
import type { Carrier } from "../carrier.ts";
import { fileOf, type RecordingFile } from "../recordings/file.ts";
import { BUCKET_PATH } from "../recordings/sign-url.ts";

/** Serves recordings as S3 does for a presigned URL: with S3's refusals, ranges, and never in one piece in memory. */
export function downloadRoutes(carrier: Carrier): Hono<NodeBindings> {
  const app = new Hono<NodeBindings>();

  app.get(`${BUCKET_PATH}/*`, async (c) => {
    const occasion = { target: "recording", path: c.req.path } as const;
    const fault = carrier.faults.take({ ...occasion, effects: ["status", "drop", "expire", "cut", "delay"] });
    if (fault?.effect === "drop") {
      c.env.outgoing.destroy();
      return c.body(null, 503);
    }
    const refusal = refusalOf(c.req.raw, carrier, fault);
    if (refusal !== null) return refusal;
    const recording = carrier.findRecording((id) => c.req.path.endsWith(`-${id}.wav`));
    if (recording === undefined) return s3Error(404, "NoSuchKey", "The specified key does not exist.");
    const file = fileOf(recording);
    const etag = `"${recording.id.replaceAll("-", "")}"`;
    const range = parseRange(c.req.header("range"), file.sizeBytes);
    if (range === "unsatisfiable") return s3Error(416, "InvalidRange", "The requested range is not satisfiable");
    const { first, end } = range ?? { first: 0, end: file.sizeBytes };
    const headers = {
      "content-type": "audio/wav",
      "content-length": String(end - first),
      "accept-ranges": "bytes",
      etag,
      ...(range === null ? {} : { "content-range": `bytes ${first}-${end - 1}/${file.sizeBytes}` }),
    };
    const pieces = withFault(file, first, end, fault, () => c.env.outgoing.destroy());
    return new Response(streamOf(pieces), { status: range === null ? 200 : 206, headers });
  });

  return app;
}

/** What S3 says to a request that may not have the file, in the order in which S3 looks. */
function refusalOf(request: Request, carrier: Carrier, fault: Fault | undefined): Response | null {
  if (fault?.effect === "status") {
    return s3Error(fault.status, "InternalError", "We encountered an internal error. Please try again.");
  }
  if (request.headers.has("authorization")) {
    return s3Error(
      400,
      "InvalidArgument",
      "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified",
    );
  }
  const verdict = carrier.urlSigner.verify(new URL(request.url), new Date());
  if (verdict === "unsigned") return s3Error(403, "AccessDenied", "Access Denied");
  if (verdict === "expired" || fault?.effect === "expire") return s3Error(403, "AccessDenied", "Request has expired");
  // The signature is for GET: S3 counts the method in.
  if (verdict === "valid" && request.method === "GET") return null;
  return s3Error(
    403,
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided.",
  );
}

/** The bytes, slowed down or cut off where a fault says so. */
async function* withFault(
  file: RecordingFile,
  first: number,
  end: number,
  fault: Fault | undefined,
  breakConnection: () => void,
): AsyncGenerator<Uint8Array> {
  let sent = 0;
  let nextWaitAt = 0;
  for await (const piece of file.read(first, end)) {
    if (fault?.effect === "cut" && sent + piece.length > fault.bytes) {
      yield piece.subarray(0, fault.bytes - sent);
      // Let the bytes before the cut leave, so that the client has them.
      await sleep(50);
      breakConnection();
      return;
    }
    if (fault?.effect === "delay" && sent >= nextWaitAt) {
      await sleep(fault.delayMs);
      nextWaitAt = sent + fault.bytes;
    }
    yield piece;
    sent += piece.length;
  }
}

function parseRange(header: string | undefined, size: number): { first: number; end: number } | "unsatisfiable" | null {
  const parts = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (parts === null) return null;
  const [, from = "", to = ""] = parts;
  if (from === "" && to === "") return null;
  const first = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === "" || to === "" ? size : Math.min(size, Number(to) + 1);
  return first >= end ? "unsatisfiable" : { first, end };
}

function s3Error(status: number, code: string, message: string): Response {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return new Response(xml, { status, headers: { "content-type": "application/xml" } });
}
