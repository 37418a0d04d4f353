import { z } from "zod";

/** What the wrapped workers count of what the platform bills, and of nothing else. */
export const CountName = z.enum([
  "worker_request",
  "object_request",
  "object_message_in",
  "object_active_ms",
  "row_read",
  "row_written",
  "queue_message",
  "kv_read",
  "kv_write",
  "r2_class_a",
  "r2_class_b",
]);
export type CountName = z.infer<typeof CountName>;

/** A line of the log that counts; `of` says what of, such as a table. */
export const CountLine = z.object({ counted: CountName, n: z.number().nonnegative(), of: z.string().optional() });
