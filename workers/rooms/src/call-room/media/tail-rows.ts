import { z } from "zod";
import { LostSpan } from "./lost-spans.ts";
import type { SoundPiece } from "./sound-tail.ts";

/**
 * The sound that is not in R2 yet, a piece a row. Rows are not deleted when their chunk is stored but written over, since a
 * deletion is paid for like a row written: `slot` is where a row lies, whatever it holds.
 */
const TABLE = `
  CREATE TABLE IF NOT EXISTS tail (
    slot INTEGER PRIMARY KEY,
    chunk INTEGER NOT NULL,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    audio BLOB NOT NULL,
    lost TEXT NOT NULL
  )`;
const SAVE = "INSERT OR REPLACE INTO tail (slot, chunk, start_ms, end_ms, audio, lost) VALUES (?, ?, ?, ?, ?, ?)";

/** The pieces on disk, across resets of the room. */
export class TailRows {
  readonly #sql: SqlStorage;
  #hasTable: boolean;
  /** Which chunk each slot holds; null for one that may be written over. */
  readonly #slots: (number | null)[] = [];
  #endMs: number | null = null;
  #saved = 0;

  /** `isStored` tells of a chunk whether it is in R2, so that its rows are free. */
  constructor(sql: SqlStorage, isStored: (chunk: number) => boolean) {
    this.#sql = sql;
    this.#hasTable = sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'tail'").toArray().length > 0;
    if (!this.#hasTable) return;
    const rows = sql.exec<{ slot: number; chunk: number; end_ms: number }>("SELECT slot, chunk, end_ms FROM tail");
    for (const { slot, chunk, end_ms } of rows) {
      this.#slots[slot] = isStored(chunk) ? null : chunk;
      this.#endMs = Math.max(this.#endMs ?? 0, end_ms);
    }
  }

  /** Where the sound that was ever saved ends, in ms since the answer; null where none was. */
  get endMs(): number | null {
    return this.#endMs;
  }

  /** Rows written by this instance. */
  get saved(): number {
    return this.#saved;
  }

  /** The chunks that have rows and are not in R2, in order. */
  get chunks(): number[] {
    const held = this.#slots.filter((chunk) => chunk !== null && chunk !== undefined);
    return [...new Set(held)].sort((a, b) => a - b);
  }

  save({ chunk, startMs, endMs, audio, lost }: SoundPiece): void {
    if (!this.#hasTable) this.#sql.exec(TABLE);
    this.#hasTable = true;
    const free = this.#slots.indexOf(null);
    const slot = free === -1 ? this.#slots.length : free;
    this.#sql.exec(SAVE, slot, chunk, startMs, endMs, audio, JSON.stringify(lost));
    this.#slots[slot] = chunk;
    this.#endMs = Math.max(this.#endMs ?? 0, endMs);
    this.#saved += 1;
  }

  /** The pieces of a chunk, in order. */
  piecesOf(chunk: number): SoundPiece[] {
    if (!this.#hasTable) return [];
    const rows = this.#sql.exec<{ start_ms: number; end_ms: number; audio: ArrayBuffer; lost: string }>(
      "SELECT start_ms, end_ms, audio, lost FROM tail WHERE chunk = ? ORDER BY start_ms",
      chunk,
    );
    return [...rows].map(({ start_ms, end_ms, audio, lost }) => ({
      chunk,
      startMs: start_ms,
      endMs: end_ms,
      audio: new Uint8Array(audio),
      lost: z.array(LostSpan).parse(JSON.parse(lost)),
    }));
  }

  /** The chunk is in R2, or given up: its rows may be written over. */
  free(chunk: number): void {
    for (const [slot, holds] of this.#slots.entries()) if (holds === chunk) this.#slots[slot] = null;
  }

  /** Forgets all sound. */
  empty(): void {
    if (this.#hasTable) this.#sql.exec("DELETE FROM tail");
    this.#slots.length = 0;
    this.#endMs = null;
  }
}
