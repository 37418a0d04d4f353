/** The one alarm of a room, as this instance knows it. */
export class RoomAlarm {
  readonly #storage: Pick<DurableObjectStorage, "setAlarm">;
  /** null: not known, so that it is set again. */
  #atMs: number | null = null;
  #timesSet = 0;

  constructor(storage: Pick<DurableObjectStorage, "setAlarm">) {
    this.#storage = storage;
  }

  /** How often this instance has set it: each time is a row written. */
  get timesSet(): number {
    return this.#timesSet;
  }

  /** It has gone off. */
  forget(): void {
    this.#atMs = null;
  }

  /**
   * Sets it to whatever comes first, in ms of the epoch; what is null is not due. An alarm that goes off earlier is left as it
   * is, since setting one is a row written: who is woken too early sets the next one.
   */
  arm(dues: readonly (number | null)[]): void {
    const known = dues.filter((due) => due !== null);
    if (known.length === 0) return;
    const dueAtMs = Math.min(...known);
    if (this.#atMs !== null && this.#atMs <= dueAtMs) return;
    this.#atMs = dueAtMs;
    this.#timesSet += 1;
    void this.#storage.setAlarm(dueAtMs);
  }
}
