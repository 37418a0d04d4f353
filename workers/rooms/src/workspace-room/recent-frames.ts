import { LiveFrame, type LiveNews } from "@earwitness/shared";

/** How many frames a returning browser may have missed; past that it refetches what is on screen, which costs as much. */
const KEPT_FRAMES = 500;

/** The workspace's latest frames in SQLite, numbered without holes. */
export class RecentFrames {
  readonly #sql: SqlStorage;
  #lastSeq: number;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec("CREATE TABLE IF NOT EXISTS frames (seq INTEGER PRIMARY KEY, frame TEXT NOT NULL)");
    this.#lastSeq = sql.exec<{ seq: number | null }>("SELECT MAX(seq) AS seq FROM frames").one().seq ?? 0;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Numbers and keeps news, and gives the frames to send. */
  add(news: readonly LiveNews[]): string[] {
    const frames = news.map(({ entity, callId }) => {
      this.#lastSeq += 1;
      const frame = JSON.stringify(LiveFrame.parse({ v: 1, seq: this.#lastSeq, type: "changed", entity, callId }));
      this.#sql.exec("INSERT INTO frames (seq, frame) VALUES (?, ?)", this.#lastSeq, frame);
      return frame;
    });
    this.#sql.exec("DELETE FROM frames WHERE seq <= ?", this.#lastSeq - KEPT_FRAMES);
    return frames;
  }

  /** The frames after `seq` in order; null when some of them are no longer kept, or `seq` was never reached. */
  after(seq: number): string[] | null {
    if (seq > this.#lastSeq || seq < this.#lastSeq - KEPT_FRAMES || seq < 0) return null;
    return this.#sql
      .exec<{ frame: string }>("SELECT frame FROM frames WHERE seq > ? ORDER BY seq", seq)
      .toArray()
      .map((row) => row.frame);
  }
}
