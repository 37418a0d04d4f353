import { z } from "zod";
import { parseJson } from "../../http/index.ts";

const Notice = z.object({ transcript_id: z.string().min(1).max(100), status: z.enum(["completed", "error"]) });

/** What AssemblyAI's notice says: that a transcript can be fetched, or that there will be none. */
export interface TranscriptNotice {
  readonly vendorTranscriptionId: string;
  readonly status: "completed" | "error";
  /** The vendor gives its notices no id: one of a transcript and its status is the same as any other. */
  readonly eventId: string;
}

/**
 * Reads a notice whose secret header was right; null for anything else than a transcript's end. It is a hint only: the
 * result is fetched by id.
 */
export function readTranscriptNotice(body: string): TranscriptNotice | null {
  const parsed = Notice.safeParse(parseJson(body));
  if (!parsed.success) return null;
  const { transcript_id: vendorTranscriptionId, status } = parsed.data;
  return { vendorTranscriptionId, status, eventId: `${vendorTranscriptionId}:${status}` };
}
