import { DurableObject } from "cloudflare:workers";
import { type Charged, type Quota, type RateLimiterDoor, SlidingWindow } from "@earwitness/core";

/**
 * Counts what a workspace asks of the API, for all its people and keys: one object a workspace, so that the counts are exact
 * wherever the requests come in. It keeps nothing: an object that the platform moves begins anew, which forgives a minute.
 */
export class RateLimiter extends DurableObject<object> implements RateLimiterDoor {
  readonly #window = new SlidingWindow();

  async charge(cost: number, quotas: readonly Quota[]): Promise<Charged> {
    return this.#window.charge(cost, quotas, Date.now());
  }
}
