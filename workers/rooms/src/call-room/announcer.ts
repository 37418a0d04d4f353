import { errorFields, type Logger } from "@earwitness/shared/log";
import type { RoomServices } from "../services.ts";
import type { Pace } from "./pace.ts";

const SHORTEST_DELAY_MS = 2000;
/** Whoever reads the facts may be away for hours. When they are back, no call has to wait for its record longer than this. */
const LONGEST_DELAY_MS = 60_000;

/**
 * Facts come in bursts. The first is announced at once; those that follow within this time go together, so that a burst is
 * a few messages. What comes alone never waits, nor does what is urgent. Of sound and captions people hear from the room
 * itself; the record may have them a little later, and a queue's message costs as much as a row.
 */
const PACE_MS: Readonly<Record<Pace, number>> = { urgent: 0, burst: 500, idle: 10_000 };
/** Idle facts that nobody has confirmed are not hurried either: each alarm for them would be a row. */
const IDLE_REPEAT_MS = 15_000;

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
  /** The most hurried of what is not announced. */
  #pace: Pace = "idle";
  /** The last fact that is not idle. */
  #awaited: number;
  /** Ends the wait for more facts, while there is one. */
  #hurry: (() => void) | null = null;
  #running: Promise<void> | null = null;

  /** `settled`: facts up to this number were confirmed before the room was emptied. */
  constructor(options: AnnouncerOptions, settled: number) {
    this.#options = options;
    this.#confirmed = settled;
    this.#announced = settled;
    // What the entries on disk are is not known: they count as awaited.
    this.#awaited = options.lastFact();
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
    if (this.#confirmed >= this.#awaited) return sentAtMs + IDLE_REPEAT_MS;
    const waitedMs = sentAtMs - (this.#options.lastWrittenMs() ?? sentAtMs);
    return sentAtMs + Math.min(LONGEST_DELAY_MS, Math.max(SHORTEST_DELAY_MS, waitedMs));
  }

  /** Announces what has not been announced at its pace; `later`: with the next announcement, or by alarm. */
  async run(pace: Pace | "later"): Promise<void> {
    if (pace !== "idle") this.#awaited = this.#options.lastFact();
    if (pace === "later") return;
    if (PACE_MS[pace] < PACE_MS[this.#pace]) {
      this.#pace = pace;
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
    await this.run("urgent");
  }

  /** Facts up to `n` are in the record. */
  confirm(n: number): void {
    this.#confirmed = Math.max(this.#confirmed, Math.min(n, this.#options.lastFact()));
  }

  async #send(): Promise<void> {
    const { services, log, room, lastFact } = this.#options;
    while (this.#announced < lastFact()) {
      await this.#awaitMore();
      const upTo = lastFact();
      this.#pace = "idle";
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

  /** Waits until it is time for the most hurried of what is to be announced. */
  async #awaitMore(): Promise<void> {
    for (;;) {
      const restMs = (this.#sentAtMs ?? 0) + PACE_MS[this.#pace] - Date.now();
      if (restMs <= 0) return;
      await new Promise<void>((resolve) => {
        this.#hurry = resolve;
        setTimeout(resolve, restMs);
      });
      this.#hurry = null;
    }
  }
}
