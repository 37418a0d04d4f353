import { errorFields, type Logger } from "@earwitness/shared/log";
import type { RoomServices } from "../services.ts";
import { FIRST_ANNOUNCE_DELAY_MS, type RoomMemo } from "./room-memo.ts";

/**
 * Facts come in bursts. The first is announced at once; those that follow wait this long, so that a burst is a few
 * messages. What comes alone, such as a hang-up, never waits.
 */
const BURST_MS = 50;
/** Whoever reads the facts may be away for hours; it is told again all the time, but not in a hurry. */
const LONGEST_DELAY_MS = 300_000;

interface AnnouncerOptions {
  readonly memo: RoomMemo;
  readonly services: RoomServices;
  readonly log: Logger;
  readonly room: string;
  readonly lastFact: () => number;
}

/**
 * Tells that the room has facts, until the record confirms that it has them. An announcement may be lost on its way, and
 * the local queue loses all of them in a crash, so it is made again by alarm as long as it takes.
 */
export class Announcer {
  readonly #options: AnnouncerOptions;
  /** Up to which fact an announcement has been sent by this instance. */
  #announced: number;
  #sentAtMs: number | null = null;
  #running: Promise<void> | null = null;

  constructor(options: AnnouncerOptions) {
    this.#options = options;
    this.#announced = options.memo.value.confirmed;
  }

  get isConfirmed(): boolean {
    return this.#options.memo.value.confirmed >= this.#options.lastFact();
  }

  /** When facts that are not confirmed are to be announced again; null where there are none. */
  dueAtMs(nowMs: number): number | null {
    if (this.isConfirmed) return null;
    return (this.#sentAtMs ?? nowMs) + this.#options.memo.value.announceDelayMs;
  }

  /** Announces what has not been announced. Facts that come while an announcement is on its way go with the next one. */
  async run(): Promise<void> {
    this.#running ??= this.#send().finally(() => {
      this.#running = null;
    });
    await this.#running;
  }

  /** Announces again what is not confirmed though its time has come, and takes longer until the next time. */
  async repeat(nowMs: number): Promise<void> {
    const dueAtMs = this.#sentAtMs === null ? nowMs : this.dueAtMs(nowMs);
    if (this.isConfirmed || dueAtMs === null || dueAtMs > nowMs) return;
    const { memo } = this.#options;
    this.#announced = memo.value.confirmed;
    memo.save({ announceDelayMs: Math.min(LONGEST_DELAY_MS, memo.value.announceDelayMs * 2) });
    await this.run();
  }

  /** Facts up to `n` are in the record. */
  confirm(n: number): void {
    const { memo, lastFact } = this.#options;
    const confirmed = Math.min(n, lastFact());
    if (confirmed <= memo.value.confirmed) return;
    memo.save({ confirmed, announceDelayMs: FIRST_ANNOUNCE_DELAY_MS });
  }

  async #send(): Promise<void> {
    const { services, log, room, lastFact } = this.#options;
    while (this.#announced < lastFact()) {
      const restMs = (this.#sentAtMs ?? 0) + BURST_MS - Date.now();
      if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
      const upTo = lastFact();
      this.#sentAtMs = Date.now();
      try {
        await services.announceFacts({ room, upTo });
      } catch (error) {
        log.warn("Facts could not be announced; they will be again.", errorFields(error));
        return;
      }
      this.#announced = upTo;
    }
  }
}
