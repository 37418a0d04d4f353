import { z } from "zod";
import { RecordingId, TranscriptId, UtteranceId } from "../ids.ts";
import { CallSummary, Direction, ListedInstant } from "./call.ts";

/** More is a passage, not a question. */
const MAX_SEARCH_CHARACTERS = 200;
const MAX_PAGE_SIZE = 50;
/** Of one call, an answer holds so many lines; the others are counted, and read on the call's own page. */
export const MAX_LINES_OF_CALL = 5;

export const SearchQuery = z.object({
  q: z
    .string()
    .min(1)
    .max(MAX_SEARCH_CHARACTERS)
    .describe('Words, in any form of their language; "a phrase" as it was said; the beginning of a wor*; -not this'),
  speaker: z.enum(["caller", "agent"]).optional().describe("caller: the remote party; agent: our side"),
  number: z.string().max(32).optional().describe("Either party's number, E.164"),
  from: ListedInstant.optional().describe("Calls started at or after"),
  until: ListedInstant.optional().describe("Calls started before"),
  direction: Direction.optional(),
  language: z
    .string()
    .regex(/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*$/, { error: "must be a language, such as en or pt-BR" })
    .max(35)
    .optional()
    .describe("BCP 47; what follows the language itself does not count: en finds en-US too"),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(20),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

/** One line that was found: what one person said without a break. Positions are milliseconds from the recording's start. */
export const SearchHit = z
  .object({
    utteranceId: UtteranceId,
    transcriptId: TranscriptId,
    party: z.enum(["caller", "agent", "unknown"]),
    speaker: z.string(),
    startMs: z.int(),
    endMs: z.int(),
    snippet: z
      .object({
        text: z.string().describe("The words around the first that was found; plain text"),
        highlights: z
          .array(z.object({ start: z.int(), end: z.int() }))
          .describe("What was found in it: offsets in UTF-16 units, the end not included"),
        startsInside: z.boolean().describe("The line has words before it"),
        endsInside: z.boolean().describe("The line has words after it"),
      })
      .describe("What to show of the line"),
    words: z
      .array(z.object({ text: z.string(), startMs: z.int(), endMs: z.int() }))
      .describe("The words that were found, each with its time"),
  })
  .meta({ id: "SearchHit" });
export type SearchHit = z.infer<typeof SearchHit>;

export const FoundCall = z
  .object({
    call: CallSummary,
    recording: z
      .object({ id: RecordingId, durationMs: z.int().nullable() })
      .nullable()
      .describe("The sound that the positions are of; null where there is none to play"),
    hits: z.array(SearchHit).describe(`The best ${MAX_LINES_OF_CALL}, in the order in which they were said`),
    hitCount: z.int().describe("All lines of the call that were found"),
  })
  .meta({ id: "FoundCall" });
export type FoundCall = z.infer<typeof FoundCall>;

export const SearchAnswer = z
  .object({
    found: z.array(FoundCall),
    searched: z
      .object({
        calls: z.int().describe("Calls with words among which was searched"),
        isMore: z.boolean().describe("It stopped counting there"),
        languages: z.array(z.string()).describe("Languages of the workspace's words; `und` where it is not known"),
      })
      .describe("Where it was looked"),
    page: z.object({ nextCursor: z.string().nullable() }),
  })
  .meta({ id: "SearchAnswer" });
export type SearchAnswer = z.infer<typeof SearchAnswer>;
