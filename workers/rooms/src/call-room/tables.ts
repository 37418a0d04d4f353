/**
 * The room's tables. `journal` is the call's log and the facts that came of it in one: an entry is one row, because a
 * notice is acknowledged only when its rows are on disk. `commands` is what the machine asked for. `room` is one row:
 * what of the facts is in the record, and what is left of the call once the room was emptied.
 */
const TABLES = `
  CREATE TABLE IF NOT EXISTS journal (
    n INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    seed TEXT NOT NULL,
    event_id TEXT UNIQUE,
    event TEXT,
    facts TEXT NOT NULL,
    last_fact INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS commands (
    key TEXT PRIMARY KEY,
    command TEXT NOT NULL,
    given_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    done INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS room (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    confirmed INTEGER NOT NULL,
    announce_delay_ms INTEGER NOT NULL,
    remains TEXT
  );
`;

export function createTables(sql: SqlStorage): void {
  sql.exec(TABLES);
}
