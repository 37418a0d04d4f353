import { z } from "zod";
import { Instant } from "./call.ts";

/** One harmless real request to each thing that a call needs. */
export const CheckView = z
  .object({
    name: z.enum(["carrier", "transcriber", "storage", "database"]),
    label: z.string(),
    state: z.enum(["ok", "failed", "not_set"]),
    message: z.string(),
    statusCode: z.int().nullable(),
    durationMs: z.int(),
  })
  .meta({ id: "CheckView" });
export type CheckView = z.infer<typeof CheckView>;
export const CheckList = z.object({ checkedAt: Instant, checks: z.array(CheckView) }).meta({ id: "CheckList" });
export type CheckList = z.infer<typeof CheckList>;
