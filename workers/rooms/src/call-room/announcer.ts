import { errorFields, type Logger } from "@earwitness/shared/log";
import type { RoomServices } from "../services.ts";

const SHORTEST_DELAY_MS = 2000;
/** Whoever reads the facts may be away for hours; it is told again all the time, but not in a hurry. */
const LONGEST_DELAY_MS = 300_000;
/**
 * Facts come in bursts. The first is announced at once; those that follow within this time go together, so that a burst is
 * a few messages. What comes alone never waits, nor does what is urgent.
 */
const BURST_MS = 500;

interface AnnouncerOptions {
  readonly services: RoomServices;
  readonly log: Logger;
  readonly room: string;
  readonly lastFact: () => number;
  /** When the room last wrote something, in ms; null for a room without entries. */
  readonly lastWrittenMs: () => number | null;
}

/**
 * Tells that the room has facts, until the record confirms that it has them. An announcement may be lost on its way, and
 * the local queue loses all of them in a crash, so it is made again by alarm as long as it takes. What was confirmed is
 * not kept on disk: a new instance announces once more, which is cheaper than a row for each confirmation.
 */
export class Announcer {
  readonly #options: AnnouncerOptions;
  #confirmed: number;
  /** Up to which fact an announcement has been sent by this instance. */
  #announced: number;
  #sentAtMs: number | null = null;
  #isUrgent = false;
  /** Ends the wait for more of a burst, while there is one. */
  #hurry: (() => void) | null = null;
  #running: Promise<void> | null = null;

  /** `settled`: facts up to this number were confirmed before the room was emptied. */
  constructor(options: AnnouncerOptions, settled: number) {
    this.#options = options;
    this.#confirmed = settled;
    this.#announced = settled;
  }

  get isConfirmed(): boolean {
    return this.#confirmed >= this.#options.lastFact();
  }

  /**
   * When facts that are not confirmed are to be announced again; null where there are none. The wait is as long as they
   * have been waiting, and so doubles from time to time, without a counter that a reset could lose.
   */
  dueAtMs(nowMs: number): number | null {
    if (this.isConfirmed) return null;
    const sentAtMs = this.#sentAtMs ?? nowMs;
    const waitedMs = sentAtMs - (this.#options.lastWrittenMs() ?? sentAtMs);
    return sentAtMs + Math.min(LONGEST_DELAY_MS, Math.max(SHORTEST_DELAY_MS, waitedMs));
  }

  /** Announces what has not been announced: urgent facts at once, others with the burst that they belong to. */
  async run(isUrgent: boolean): Promise<void> {
    if (isUrgent) {
      this.#isUrgent = true;
      this.#hurry?.();
    }
    this.#running ??= this.#send().finally(() => {
      this.#running = null;
    });
    await this.#running;
  }

  /** Announces again what is not confirmed though its time has come; at once in an instance that has not announced yet. */
  async repeat(nowMs: number): Promise<void> {
    const dueAtMs = this.dueAtMs(nowMs);
    if (dueAtMs === null || (this.#sentAtMs !== null && dueAtMs > nowMs)) return;
    this.#announced = this.#confirmed;
    await this.run(true);
  }

  /** Facts up to `n` are in the record. */
  confirm(n: number): void {
    this.#confirmed = Math.max(this.#confirmed, Math.min(n, this.#options.lastFact()));
  }

  async #send(): Promise<void> {
    const { services, log, room, lastFact } = this.#options;
    while (this.#announced < lastFact()) {
      await this.#awaitBurst();
      const upTo = lastFact();
      this.#isUrgent = false;
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

  async #awaitBurst(): Promise<void> {
    const restMs = (this.#sentAtMs ?? 0) + BURST_MS - Date.now();
    if (this.#isUrgent || restMs <= 0) return;
    await new Promise<void>((resolve) => {
      this.#hurry = resolve;
      setTimeout(resolve, restMs);
    });
    this.#hurry = null;
  }
}
