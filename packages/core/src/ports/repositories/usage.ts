export interface UsageRepository {
  /** Until when the last `rollUp` counted; null before the first. */
  countedUntil(): Promise<Date | null>;
  /**
   * Sums up anew what was used in each hour (UTC) from `from`, the beginning of a day, to `until`, and in each of its days, out of
   * the record. The same however often; two at once wait for each other. Tells how many sums there are.
   */
  rollUp(period: { from: Date; until: Date }): Promise<{ hours: number; days: number }>;
}
