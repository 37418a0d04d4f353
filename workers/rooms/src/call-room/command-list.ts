import { CallCommand } from "@earwitness/core";

/** A command that has not had its last word. */
export interface OpenCommand {
  readonly command: CallCommand;
  readonly givenAtMs: number;
  /** How often it was sent and not taken. */
  readonly attempts: number;
}

/** The machine's commands in the room's SQLite: written with the decision that gave them, open until their last word. */
export class CommandList {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** A key is given once; a second one of the same key is the same command. */
  add(command: CallCommand, nowMs: number): void {
    this.#sql.exec(
      "INSERT OR IGNORE INTO commands (key, command, given_at, due_at, attempts, done) VALUES (?, ?, ?, ?, 0, 0)",
      command.key,
      JSON.stringify(command),
      nowMs,
      nowMs,
    );
  }

  /** The command to send next: one whose time has come, oldest first, or null. */
  nextDue(nowMs: number): OpenCommand | null {
    const row = this.#sql
      .exec<{ command: string; given_at: number; attempts: number }>(
        "SELECT command, given_at, attempts FROM commands WHERE done = 0 AND due_at <= ? ORDER BY due_at, given_at LIMIT 1",
        nowMs,
      )
      .toArray()[0];
    if (row === undefined) return null;
    const command = CallCommand.parse(JSON.parse(row.command));
    return { command, givenAtMs: row.given_at, attempts: row.attempts };
  }

  /** When the next open command is due, or null where none is open. */
  nextDueAt(): number | null {
    const row = this.#sql
      .exec<{ due_at: number | null }>("SELECT MIN(due_at) AS due_at FROM commands WHERE done = 0")
      .one();
    return row.due_at;
  }

  postpone(key: string, dueAtMs: number): void {
    this.#sql.exec("UPDATE commands SET due_at = ?, attempts = attempts + 1 WHERE key = ?", Math.ceil(dueAtMs), key);
  }

  close(key: string): void {
    this.#sql.exec("UPDATE commands SET done = 1 WHERE key = ?", key);
  }
}
