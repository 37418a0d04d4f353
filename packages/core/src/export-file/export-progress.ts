import { z } from "zod";

/** Where the writing of a file goes on. Kept with the export, so that whoever takes the job up again goes on from there. */
export const ExportProgress = z.object({
  key: z.string(),
  uploadId: z.string(),
  parts: z.array(z.object({ part: z.int(), etag: z.string() })),
  /** The last row that is in the parts, or whose beginning is. */
  place: z.unknown(),
  /** The end of that row, in base64, where the part was full in the middle of it. */
  overrun: z.string(),
  rows: z.int(),
  total: z.int().nullable(),
  /** All parts are stored, and only to be put together: an upload that is completed takes no part any more. */
  isWhole: z.boolean(),
});
export type ExportProgress = z.infer<typeof ExportProgress>;
