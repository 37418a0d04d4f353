import type { CronName, Id } from "@earwitness/shared";

export interface CronRunRepository {
  /** Writes down that a run has begun. `requestedBy` is null for the schedule. */
  begin(run: { readonly name: CronName; readonly requestedBy: string | null }): Promise<Id<"cronRun">>;
  /** Writes down how it ended. */
  finish(
    id: Id<"cronRun">,
    end:
      | { readonly state: "done"; readonly result: Readonly<Record<string, number>> }
      | { readonly state: "failed"; readonly error: string },
  ): Promise<void>;
  /** Where a work goes on that does a part of it in each run; null: from the beginning. */
  position(name: string): Promise<string | null>;
  /** Notes where it goes on; null: from the beginning. */
  move(name: string, position: string | null): Promise<void>;
  /**
   * Has the record's own tables looked after that are cut by month: makes the parts of the months ahead, drops those whose last
   * day is longer ago than they are kept. Twice is as good as once.
   */
  keepPartitions(
    asOf: Date,
    options: { monthsAhead: number; daysKept: number },
  ): Promise<{ made: number; dropped: number }>;
}
