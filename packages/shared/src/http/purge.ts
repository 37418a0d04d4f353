import { z } from "zod";

/** Kinds of data that are kept for a number of days of their own. `calls`: everything of a call, its line in the list too. */
export const RetentionKind = z.enum(["recordings", "transcripts", "calls"]).meta({ id: "RetentionKind" });
export type RetentionKind = z.infer<typeof RetentionKind>;

/** Something of a call that was taken away for good. */
export const PurgeView = z
  .object({
    kind: RetentionKind,
    at: z.iso.datetime({ offset: true }),
    days: z
      .int()
      .nullable()
      .describe("By the rule to keep it for so many; null: by a person, when its time in the trash was over"),
  })
  .meta({ id: "PurgeView" });
export type PurgeView = z.infer<typeof PurgeView>;
