import { join } from "./packer.ts";

const FRAME_BYTES = 160;
/** A second of both tracks: what a reset may cost. */
const FRAMES_A_ROW = 100;

/** The audio that an object has kept: rows for what is safe, memory for the last second. */
export class Tail {
  readonly #sql: SqlStorage;
  #waiting: Uint8Array[] = [];
  #waitingFrames = 0;
  rowsWritten = 0;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec("CREATE TABLE IF NOT EXISTS tail (n INTEGER PRIMARY KEY, audio BLOB NOT NULL)");
  }

  /** Takes whole frames. True when all that was taken is now in a row. */
  add(audio: Uint8Array): boolean {
    this.#waiting.push(audio);
    this.#waitingFrames += audio.length / FRAME_BYTES;
    if (this.#waitingFrames < FRAMES_A_ROW) return false;
    const { rowsWritten } = this.#sql.exec("INSERT INTO tail (audio) VALUES (?)", join(this.#waiting).buffer);
    this.rowsWritten += rowsWritten;
    this.#waiting = [];
    this.#waitingFrames = 0;
    return true;
  }

  /** Frames in rows and in memory. */
  get framesKept(): number {
    const [row] = this.#sql.exec<{ bytes: number }>("SELECT coalesce(sum(length(audio)), 0) AS bytes FROM tail");
    return (row?.bytes ?? 0) / FRAME_BYTES + this.#waitingFrames;
  }
}
