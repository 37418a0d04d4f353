import type { RetentionKind } from "@earwitness/shared";
import { isNull, type SQL, sql } from "drizzle-orm";
import { calls } from "../schema/index.ts";

/** The condition that a call still has anything of a kind: written as in the partial indexes by which such calls are found. */
export function stillHas(kind: RetentionKind): SQL {
  switch (kind) {
    case "recordings":
      return sql`${calls.recordingState} <> 'purged'`;
    case "transcripts":
      return sql`(${calls.transcriptState} <> 'purged' or ${calls.lastCaption} is not null)`;
    case "calls":
      return isNull(calls.purgedAt);
  }
}
