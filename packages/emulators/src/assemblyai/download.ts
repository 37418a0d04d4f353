import { JobError } from "./transcribe.ts";

/** The vendor's largest file. */
const MAX_BYTES = 5_000_000_000;
/** A server that says nothing for this long will not say more. */
const CONNECT_TIMEOUT_MS = 30_000;

/** The bytes behind a job's `audio_url`, while they arrive. Throws `JobError` when they cannot be had, whole. */
export async function* download(url: string, closing: AbortSignal): AsyncGenerator<Uint8Array> {
  const unreachable = () => new JobError(`Download error, unable to access file at ${url}`);
  const connecting = new AbortController();
  const timer = setTimeout(() => connecting.abort(), CONNECT_TIMEOUT_MS);
  let bytes = 0;
  try {
    const response = await fetch(url, { signal: AbortSignal.any([closing, connecting.signal]) });
    clearTimeout(timer);
    if (!response.ok || response.body === null) throw unreachable();
    for await (const piece of response.body) {
      bytes += piece.length;
      if (bytes > MAX_BYTES) throw new JobError("The file is larger than 5 GB.");
      yield piece;
    }
  } catch (error) {
    throw error instanceof JobError ? error : unreachable();
  } finally {
    clearTimeout(timer);
  }
}
