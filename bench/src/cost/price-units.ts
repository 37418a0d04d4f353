import { PRICES, type Units } from "./prices.ts";

export interface CostLine {
  name: string;
  /** Per 1,000 call-minutes. */
  units: number;
  usd: number;
}

export interface Cost {
  lines: CostLine[];
  /** USD per 1,000 call-minutes. */
  usd: number;
}

const THOUSAND_MINUTES_MS = 1000 * 60_000;
const MILLION = 1_000_000;

/**
 * What 1,000 minutes of calls cost at the list price, from the units that one call of `talkMs` counted: dearest first, what
 * was not used left out. A longer call spreads its beginning and end over more minutes, so the length belongs to the figure.
 */
export function priceUnits(units: Units, talkMs: number): Cost {
  if (!(talkMs > 0)) throw new Error("A call without a duration has no price a minute");
  const lines = keysOf(PRICES).flatMap((key) => {
    const count = (units[key] * THOUSAND_MINUTES_MS) / talkMs;
    const { name, usdPerMillion } = PRICES[key];
    return count === 0 ? [] : [{ name, units: count, usd: (count * usdPerMillion) / MILLION }];
  });
  return {
    lines: lines.toSorted((a, b) => b.usd - a.usd),
    usd: lines.reduce((sum, line) => sum + line.usd, 0),
  };
}

function keysOf<K extends string>(record: Record<K, unknown>): K[] {
  const keys: K[] = [];
  for (const key in record) keys.push(key);
  return keys;
}
