import { LIVE_TOKEN_TTL_MS } from "@earwitness/core";
import { z } from "zod";

const KEY = "spent-tokens";
/** When each token that was spent may be forgotten, in ms of the epoch, by its id. */
const Spent = z.record(z.string(), z.number());

/** The tokens that have been used in a room. They are on disk, so that a reset gives none of them a second life. */
export class SpentTokens {
  readonly #kv: SyncKvStorage;

  constructor(kv: SyncKvStorage) {
    this.#kv = kv;
  }

  /** True the first time. */
  spend(jti: string, nowMs: number): boolean {
    const spent = Spent.safeParse(this.#kv.get(KEY)).data ?? {};
    if (jti in spent) return false;
    const alive = Object.entries(spent).filter(([, forgetAtMs]) => forgetAtMs > nowMs);
    this.#kv.put(KEY, Object.fromEntries([...alive, [jti, nowMs + LIVE_TOKEN_TTL_MS]]));
    return true;
  }
}
