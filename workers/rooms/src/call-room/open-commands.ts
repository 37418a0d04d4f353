import type { CallCommand, GivenCommand } from "@earwitness/core";

/** A command that has not had its last word. */
export interface OpenCommand {
  readonly command: CallCommand;
  readonly givenAtMs: number;
  /** When it is to be sent, or sent again. */
  readonly dueAtMs: number;
  /** How often this instance has sent it and it was not taken. */
  readonly attempts: number;
}

/**
 * The commands without their last word. They are in the journal, which is where a new instance finds them; here they are
 * only at hand. When a command is due again is not kept: after a reset it is due at once.
 */
export class OpenCommands {
  readonly #open = new Map<string, OpenCommand>();

  add(given: Iterable<GivenCommand>): void {
    for (const { command, givenAt } of given) {
      const givenAtMs = Date.parse(givenAt);
      this.#open.set(command.key, { command, givenAtMs, dueAtMs: givenAtMs, attempts: 0 });
    }
  }

  close(key: string): void {
    this.#open.delete(key);
  }

  /** The command to send next: of those whose time has come the one that has waited longest; null where none has. */
  nextDue(nowMs: number): OpenCommand | null {
    const next = this.#next();
    return next !== null && next.dueAtMs <= nowMs ? next : null;
  }

  /** When the next command is due; null where none is open. */
  nextDueAtMs(): number | null {
    return this.#next()?.dueAtMs ?? null;
  }

  postpone(key: string, dueAtMs: number): void {
    const open = this.#open.get(key);
    if (open !== undefined) this.#open.set(key, { ...open, dueAtMs, attempts: open.attempts + 1 });
  }

  #next(): OpenCommand | null {
    let next: OpenCommand | null = null;
    for (const open of this.#open.values()) {
      if (next === null || open.dueAtMs < next.dueAtMs) next = open;
    }
    return next;
  }
}
