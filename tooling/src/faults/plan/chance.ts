import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Chance that comes out the same for the same seed: all of a run's plan is drawn from one. */
export interface Chance {
  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number;
  pick<T>(choices: readonly T[]): T;
  /** True with a probability of `share`. */
  happens(share: number): boolean;
}

/** The chance of a seed, which is a whole number. */
export function chanceOf(seed: number): Chance {
  const generator = xoroshiro128plus(seed);
  return {
    int: (least, most) => uniformInt(generator, least, most),
    pick(choices) {
      const picked = choices[uniformInt(generator, 0, choices.length - 1)];
      if (picked === undefined) throw new Error("There is nothing to pick from.");
      return picked;
    },
    happens: (share) => uniformFloat64(generator) < share,
  };
}
