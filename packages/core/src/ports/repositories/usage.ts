export interface UsageRepository {
  /**
   * Sums up anew what was used in each hour (UTC) from `from`, the beginning of a day, to `until`, and in each of its days, out of
   * the record, for one caller at a time. The same however often. Tells how many sums there are.
   */
  rollUp(period: { from: Date; until: Date }): Promise<{ hours: number; days: number }>;
}
