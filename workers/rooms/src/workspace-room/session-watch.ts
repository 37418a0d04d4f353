import type { Admission } from "@earwitness/core";

/** An upgrade or a token is at most a minute old when it gets to a room; a session that ended or changed before is known to have. */
const REMEMBER_CLOSED_MS = 5 * 60_000;
/** A call's page is not looked at for so long. */
const REMEMBER_WATCHED_MS = 24 * 3_600_000;

/**
 * Which calls' rooms each session watches, and which sessions have been closed lately or may something else than before, in
 * SQLite: a session that is closed while it opens a socket elsewhere is met in one or the other.
 */
export class SessionWatch {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(
      "CREATE TABLE IF NOT EXISTS watched (session TEXT, room TEXT, at INTEGER NOT NULL, PRIMARY KEY (session, room))",
    );
    sql.exec("CREATE TABLE IF NOT EXISTS closed (session TEXT PRIMARY KEY, at INTEGER NOT NULL)");
    sql.exec("CREATE TABLE IF NOT EXISTS renewed (session TEXT PRIMARY KEY, at INTEGER NOT NULL)");
  }

  /** Notes that a session watches a room, where it is admitted. */
  note(session: string, room: string, asOfMs: number, nowMs: number): Admission {
    const admission = this.admissionOf(session, asOfMs);
    if (admission !== "admitted") return admission;
    this.#sql.exec(
      "INSERT INTO watched (session, room, at) VALUES (?, ?, ?) ON CONFLICT (session, room) DO UPDATE SET at = excluded.at",
      session,
      room,
      nowMs,
    );
    return "admitted";
  }

  /** What becomes of a session whose owner's rights were looked up after `asOfMs`. */
  admissionOf(session: string, asOfMs: number): Admission {
    const isIn = (rows: SqlStorageCursor<Record<string, SqlStorageValue>>) => rows.toArray().length > 0;
    if (isIn(this.#sql.exec("SELECT 1 FROM closed WHERE session = ?", session))) return "closed";
    const since = this.#sql.exec("SELECT 1 FROM renewed WHERE session = ? AND at >= ?", session, asOfMs);
    return isIn(since) ? "renewed" : "admitted";
  }

  /** Notes that a session is closed, and gives the rooms that it watched. */
  close(session: string, nowMs: number): string[] {
    this.#sql.exec("INSERT OR REPLACE INTO closed (session, at) VALUES (?, ?)", session, nowMs);
    return this.#watchedBy(session, nowMs);
  }

  /** Notes that a session's owner may something else from now on, and gives the rooms that it watched. */
  renew(session: string, nowMs: number): string[] {
    this.#sql.exec("INSERT OR REPLACE INTO renewed (session, at) VALUES (?, ?)", session, nowMs);
    return this.#watchedBy(session, nowMs);
  }

  #watchedBy(session: string, nowMs: number): string[] {
    this.#sql.exec("DELETE FROM closed WHERE at < ?", nowMs - REMEMBER_CLOSED_MS);
    this.#sql.exec("DELETE FROM renewed WHERE at < ?", nowMs - REMEMBER_CLOSED_MS);
    this.#sql.exec("DELETE FROM watched WHERE at < ?", nowMs - REMEMBER_WATCHED_MS);
    return this.#sql
      .exec<{ room: string }>("SELECT room FROM watched WHERE session = ?", session)
      .toArray()
      .map(({ room }) => room);
  }

  /** A session's sockets in a room are closed. */
  forget(session: string, room: string): void {
    this.#sql.exec("DELETE FROM watched WHERE session = ? AND room = ?", session, room);
  }
}
