import type { AudioSource } from "@earwitness/core";
import { EarwitnessError, type VendorAnswer } from "@earwitness/shared";
import { retryAfterOf } from "../http/index.ts";

/** Until the headers are there. */
const ANSWER_TIME_LIMIT_MS = 15_000;
/** Bodies come in pieces of a few kilobytes; read in these they cost a fraction of the time. */
const CHUNK_BYTES = 256 * 1024;
/** A transfer that brings no chunk for this long has stalled. The whole may take as long as it takes. */
const STALL_TIME_LIMIT_MS = 30_000;
/** What a transfer is told of which no more is wanted. */
const NOT_WANTED = new Error("Nobody reads this body any more.");
/** Storage behind presigned URLs answers these once the URL has died, or where it never was one. */
const URL_DIED: ReadonlySet<number> = new Set([400, 401, 403, 404, 410]);

/** Downloads over HTTP, in constant memory. No `Authorization` goes along: a presigned URL refuses a second credential. */
export function createHttpAudioSource(): AudioSource {
  return {
    async open(url, signal) {
      const stop = new AbortController();
      const abort = () => stop.abort(signal.reason);
      if (signal.aborted) abort();
      signal.addEventListener("abort", abort, { once: true });
      const response = await withTimeLimit(stop, ANSWER_TIME_LIMIT_MS, () => fetch(url, { signal: stop.signal }));
      if (!response.ok || response.body === null) {
        await response.body?.cancel();
        throw refusal(response);
      }
      return { sizeBytes: sizeOf(response.headers), body: inChunks(response.body, stop) };
    },
  };
}

function refusal({ status, headers }: Response): EarwitnessError {
  const vendorAnswer = answerOf(status);
  if (URL_DIED.has(status)) {
    const message = `The recording's address is not good any more (status ${status}).`;
    return new EarwitnessError("not_found", message, { vendorAnswer });
  }
  const retryAfterMs = retryAfterOf(headers);
  return new EarwitnessError("vendor_failed", `The recording's address answered ${status}.`, {
    vendorAnswer,
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  });
}

function answerOf(status: number | null): VendorAnswer {
  return { vendor: "The recording's address", status, requestId: null, answer: null };
}

/** `Content-Length`, where it counts the bytes that we read: a compressed body is longer than it says. */
function sizeOf(headers: Headers): number | null {
  const length = headers.get("content-length");
  const isEncoded = (headers.get("content-encoding") ?? "identity") !== "identity";
  return length === null || isEncoded || !/^\d+$/.test(length) ? null : Number(length);
}

/**
 * The same bytes in chunks of `CHUNK_BYTES`, each of which must come in time; the next one comes while one is used. Two pieces of memory
 * take turns: a fresh one each time would be 64 MiB of garbage before V8 looked for it.
 */
async function* inChunks(body: ReadableStream<Uint8Array>, stop: AbortController): AsyncGenerator<Uint8Array> {
  const reader = body.getReader({ mode: "byob" });
  const readInto = (memory: ArrayBuffer) => {
    const chunk = withTimeLimit(stop, STALL_TIME_LIMIT_MS, () =>
      reader.readAtLeast(CHUNK_BYTES, new Uint8Array(memory)),
    );
    // It may fail while the one before it is used, and is heard after that; or never, where no more is wanted.
    chunk.catch(() => {});
    return chunk;
  };
  let next = readInto(new ArrayBuffer(CHUNK_BYTES));
  let free = new ArrayBuffer(CHUNK_BYTES);
  try {
    for (;;) {
      const { done, value } = await next;
      if (!done) next = readInto(free);
      // The last chunk is shorter, and then an empty one says that it was the last.
      if (value !== undefined && value.byteLength > 0) yield value;
      if (done) return;
      free = value.buffer;
    }
  } finally {
    stop.abort(NOT_WANTED);
  }
}

/** Runs `work`; when it takes too long, `stop` ends what is behind it. Whatever breaks a transfer is worth another try. */
async function withTimeLimit<T>(stop: AbortController, timeLimitMs: number, work: () => Promise<T>): Promise<T> {
  const vendorAnswer = answerOf(null);
  const timer = setTimeout(() => {
    const message = `The transfer stood still for ${timeLimitMs / 1000} s.`;
    stop.abort(new EarwitnessError("timeout", message, { vendorAnswer }));
  }, timeLimitMs);
  try {
    return await work();
  } catch (error) {
    if (stop.signal.aborted && stop.signal.reason instanceof EarwitnessError) throw stop.signal.reason;
    throw new EarwitnessError("vendor_failed", "The transfer of the recording broke off.", {
      vendorAnswer,
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}
