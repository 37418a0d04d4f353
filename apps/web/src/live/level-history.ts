import type { CallFrame } from "@earwitness/shared";

export type Levels = Extract<CallFrame, { type: "levels" }>;
type Side = "caller" | "agent";

/** The levels of the last minute, by their place in the call. */
export class LevelHistory {
  readonly #spanMs: number;
  #kept: Pick<Levels, "positionMs" | Side>[] = [];

  constructor(spanMs: number) {
    this.#spanMs = spanMs;
  }

  /** The place of the newest sound, in ms since the answer; null before the first. */
  get newestMs(): number | null {
    return this.#kept.at(-1)?.positionMs ?? null;
  }

  newest(side: Side): number {
    return this.#kept.at(-1)?.[side] ?? 0;
  }

  add({ positionMs, caller, agent }: Levels): void {
    this.#kept.push({ positionMs, caller, agent });
    const oldest = positionMs - this.#spanMs;
    while ((this.#kept[0]?.positionMs ?? oldest) < oldest) this.#kept.shift();
  }

  /** The greatest level in each of `columns` equal parts of the span that ends at `nowMs`; 0 where nothing was heard of. */
  columns(side: Side, columns: number, nowMs: number): number[] {
    const levels = new Array<number>(columns).fill(0);
    for (const each of this.#kept) {
      const column = Math.floor(((each.positionMs - (nowMs - this.#spanMs)) / this.#spanMs) * columns);
      const at = Math.min(column, columns - 1);
      if (column >= 0) levels[at] = Math.max(levels[at] ?? 0, each[side]);
    }
    return levels;
  }

  /** The mean level of the last `ms` of what was heard. */
  mean(side: Side, ms: number): number {
    const from = (this.newestMs ?? 0) - ms;
    const recent = this.#kept.filter(({ positionMs }) => positionMs > from);
    return recent.reduce((sum, each) => sum + each[side], 0) / Math.max(1, recent.length);
  }
}
