/** How much somebody may ask for in a stretch of time. */
export interface Quota {
  /** What the quota is called to its holder: a policy's name in the `RateLimit` header. */
  readonly name: string;
  /** Whose count it is: one key, one count. */
  readonly key: string;
  readonly limit: number;
  readonly windowMs: number;
}

/** What came of charging quotas. */
export interface Charged {
  /** 0 where it was granted; else how long until it may be. */
  readonly waitMs: number;
  /** What is left of each quota, and when its present window ends, in the order in which they were asked for. */
  readonly left: readonly { readonly name: string; readonly remaining: number; readonly resetMs: number }[];
}

/** What other workers may ask of a workspace's limiter (RPC of the RateLimiter object). */
export interface RateLimiterDoor {
  /** Charges `cost` to every quota, or to none. */
  charge(cost: number, quotas: readonly Quota[]): Promise<Charged>;
}
