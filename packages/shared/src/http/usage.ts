import { z } from "zod";
import { Instant, ListedInstant } from "./call.ts";

export const UsageMetric = z
  .enum([
    "calls_inbound",
    "calls_outbound",
    "answered_ms_inbound",
    "answered_ms_outbound",
    "recorded_ms",
    "stored_bytes",
    "transcribed_ms",
    "mails_sent",
  ])
  .meta({ id: "UsageMetric" });
export type UsageMetric = z.infer<typeof UsageMetric>;

export const UsageQuery = z.object({
  from: ListedInstant.describe("From the hour or day (UTC) that this is in"),
  until: ListedInstant.describe("Before this"),
  by: z.enum(["hour", "day"]).default("day"),
});

/** What was used, by hour or day (UTC). Where nothing was, there is no line. */
export const UsageView = z
  .object({
    by: z.enum(["hour", "day"]),
    sums: z.array(
      z.object({
        at: Instant.describe("The beginning of the hour or day"),
        metric: UsageMetric,
        quantity: z.int(),
      }),
    ),
  })
  .meta({ id: "UsageView" });
export type UsageView = z.infer<typeof UsageView>;
