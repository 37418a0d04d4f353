/** An upgrade or a token is at most a minute old when it gets to a room; a session closed before that is known to be so. */
const REMEMBER_CLOSED_MS = 5 * 60_000;
/** A call's page is not looked at for so long. */
const REMEMBER_WATCHED_MS = 24 * 3_600_000;

/**
 * Which calls' rooms each session watches, and which sessions have been closed lately, in SQLite: a session that is closed
 * while it opens a socket elsewhere is met in one or the other.
 */
export class SessionWatch {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(
      "CREATE TABLE IF NOT EXISTS watched (session TEXT, room TEXT, at INTEGER NOT NULL, PRIMARY KEY (session, room))",
    );
    sql.exec("CREATE TABLE IF NOT EXISTS closed (session TEXT PRIMARY KEY, at INTEGER NOT NULL)");
  }

  /** Notes that a session watches a room; false, noting nothing, where the session has been closed. */
  note(session: string, room: string, nowMs: number): boolean {
    if (this.isClosed(session)) return false;
    this.#sql.exec(
      "INSERT INTO watched (session, room, at) VALUES (?, ?, ?) ON CONFLICT (session, room) DO UPDATE SET at = excluded.at",
      session,
      room,
      nowMs,
    );
    return true;
  }

  isClosed(session: string): boolean {
    return this.#sql.exec("SELECT 1 FROM closed WHERE session = ?", session).toArray().length > 0;
  }

  /** Notes that a session is closed, and gives the rooms that it watched. */
  close(session: string, nowMs: number): string[] {
    this.#sql.exec("INSERT OR REPLACE INTO closed (session, at) VALUES (?, ?)", session, nowMs);
    this.#sql.exec("DELETE FROM closed WHERE at < ?", nowMs - REMEMBER_CLOSED_MS);
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
