import type { Cron } from "./cron.ts";

/** Failed attempts go into the part of their month, which is there before it begins; a month that is over stays for so many days. */
const KEPT = { monthsAhead: 2, daysKept: 90 };

/** Makes the record's parts of the months ahead, and drops those that are past their time. */
export const partitions: Cron = {
  name: "partitions",
  run: ({ ctx }, asOf) => ctx.unitOfWork((tx) => tx.cronRuns.keepPartitions(asOf, KEPT)),
};
