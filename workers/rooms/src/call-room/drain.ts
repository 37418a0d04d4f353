import type { CallEvent } from "@earwitness/core";
import { errorFields, type Logger } from "@earwitness/shared/log";
import type { RoomServices } from "../services.ts";
import { carryOut } from "./carry-out.ts";
import type { OpenCommands } from "./open-commands.ts";

interface DrainOptions {
  readonly commands: OpenCommands;
  readonly services: RoomServices;
  readonly log: Logger;
  /** Takes a command's last word into the journal, by which the command is open no more. */
  readonly settle: (lastWord: CallEvent) => void;
}

/**
 * Sends the room's commands, one at a time, each until its last word. It may be started at any moment, and again after a
 * reset: an open command is sent again under the same key.
 */
export class Drain {
  readonly #options: DrainOptions;
  #running: Promise<void> | null = null;

  constructor(options: DrainOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** Sends everything that is due; resolves when nothing is due any more. Never rejects: what is left, an alarm takes up. */
  async run(): Promise<void> {
    while (this.#running !== null || this.#options.commands.nextDue(Date.now()) !== null) {
      this.#running ??= this.#sendDue().finally(() => {
        this.#running = null;
      });
      try {
        await this.#running;
      } catch (error) {
        this.#options.log.error("The room's commands could not be sent.", errorFields(error));
        return;
      }
    }
  }

  async #sendDue(): Promise<void> {
    const { commands, services, log, settle } = this.#options;
    for (let open = commands.nextDue(Date.now()); open !== null; open = commands.nextDue(Date.now())) {
      const attempt = await carryOut(open, services, log);
      if (attempt.kind === "final") settle(attempt.event);
      else commands.postpone(open.command.key, Date.now() + attempt.afterMs);
    }
  }
}
