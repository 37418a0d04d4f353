import type { CallFact } from "@earwitness/core";
import { withinLimit } from "@earwitness/shared";
import { errorFields, type Logger } from "@earwitness/shared/log";
import { backoffMs } from "../backoff.ts";
import { type ChunkFile, chunkFileOf } from "./chunk-file.ts";
import type { TailRows } from "./tail-rows.ts";

const PUT_TIME_LIMIT_MS = 10_000;
const RETRY = { firstMs: 1000, longestMs: 30_000 };

/** What a stored chunk is told as. */
type ChunkFacts = Extract<CallFact, { type: "audio.stored" | "audio.gap" }>[];

interface ChunkStoreOptions {
  readonly bucket: Pick<R2Bucket, "put">;
  readonly rows: TailRows;
  readonly log: Logger;
  /** Where the call's chunks lie: `chunks/<workspaceId>/<callId>`. */
  readonly folder: string;
  /** Writes the facts of a chunk that is in R2. */
  readonly tell: (facts: ChunkFacts) => void;
}

/**
 * Brings complete chunks from the disk to R2, one at a time, each until R2 has it. A chunk is put from memory, in one piece:
 * a stream through the object would close its sockets (workerd issue 6774). Its key is written once, so that to put it again
 * after a reset changes nothing.
 */
export class ChunkStore {
  readonly #options: ChunkStoreOptions;
  readonly #complete: number[] = [];
  #failures = 0;
  #retryAtMs = 0;
  #running: Promise<void> | null = null;
  #stored = { chunks: 0, bytes: 0 };
  #bufferedBytes = 0;

  constructor(options: ChunkStoreOptions) {
    this.#options = options;
  }

  /** What this instance has brought to R2. */
  get stored(): { readonly chunks: number; readonly bytes: number } {
    return this.#stored;
  }

  /** How many bytes of a chunk are in memory. */
  get bufferedBytes(): number {
    return this.#bufferedBytes;
  }

  get isIdle(): boolean {
    return this.#complete.length === 0;
  }

  /** When a chunk is to be tried again; null where none waits for that. */
  get dueAtMs(): number | null {
    return this.isIdle || this.#running !== null ? null : this.#retryAtMs;
  }

  /** All pieces of a chunk are on disk. */
  add(chunk: number): void {
    if (!this.#complete.includes(chunk)) this.#complete.push(chunk);
  }

  /** Stores what is complete, as far as R2 lets it; what it refuses is tried again from `dueAtMs` on. Never rejects. */
  async run(): Promise<void> {
    if (Date.now() < this.#retryAtMs) return this.#running ?? undefined;
    this.#running ??= this.#storeAll().finally(() => {
      this.#running = null;
    });
    await this.#running;
  }

  /** Gives up what R2 does not take: tells that it is missing. */
  giveUp(): void {
    const at = new Date().toISOString();
    const gap = { type: "audio.gap" as const, at, channel: null, reason: "storage_failed" as const, detail: null };
    const { rows, tell } = this.#options;
    for (const chunk of this.#complete.splice(0)) {
      const pieces = rows.piecesOf(chunk);
      const [first, last] = [pieces[0], pieces.at(-1)];
      if (first !== undefined && last !== undefined) tell([{ ...gap, startMs: first.startMs, endMs: last.endMs }]);
      rows.free(chunk);
    }
  }

  async #storeAll(): Promise<void> {
    const { log, rows, tell } = this.#options;
    for (let chunk = this.#complete[0]; chunk !== undefined; chunk = this.#complete[0]) {
      try {
        const file = chunkFileOf(rows.piecesOf(chunk));
        if (file !== null) tell(await this.#put(chunk, file));
      } catch (error) {
        this.#retryAtMs = Date.now() + backoffMs(this.#failures, RETRY);
        this.#failures += 1;
        log.warn("A piece of a call's sound could not be stored; it will be.", { chunk, ...errorFields(error) });
        return;
      } finally {
        this.#bufferedBytes = 0;
      }
      // Told first: a reset in between puts it again, which changes nothing, instead of losing it.
      this.#failures = 0;
      this.#complete.shift();
      rows.free(chunk);
    }
  }

  async #put(chunk: number, file: ChunkFile): Promise<ChunkFacts> {
    const { bucket, folder } = this.#options;
    const { startMs, endMs, bytes, held, gaps } = file;
    const key = `${folder}/${String(chunk).padStart(5, "0")}.wav`;
    this.#bufferedBytes = 2 * bytes.length;
    const put = bucket.put(key, bytes, {
      onlyIf: { etagDoesNotMatch: "*" },
      httpMetadata: { contentType: "audio/wav" },
    });
    await withinLimit(put, PUT_TIME_LIMIT_MS);
    this.#stored = { chunks: this.#stored.chunks + 1, bytes: this.#stored.bytes + bytes.length };
    const at = new Date().toISOString();
    return [
      ...gaps.map((gap) => ({ type: "audio.gap" as const, at, ...gap })),
      { type: "audio.stored", at, chunk, key, startMs, endMs, sizeBytes: bytes.length, held: [...held] },
    ];
  }
}
