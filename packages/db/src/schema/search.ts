import { customType, index, pgTable, pgView, text } from "drizzle-orm/pg-core";
import { id, instant, workspaceWall } from "./columns.ts";
import { utterances } from "./recording.ts";

/** Words with their places, as Postgres searches them; made and read in the database alone. */
const searchedWords = customType<{ data: string; driverData: string }>({ dataType: () => "tsvector" });

const lineColumns = () => ({
  workspaceId: id("workspace", "workspace_id").notNull(),
  callId: id("call", "call_id").notNull(),
  /** The call's, so that the newest lines are found without its row. */
  startedAt: instant("started_at").notNull(),
  party: text("party").$type<"caller" | "agent" | "unknown">().notNull(),
  /** The language alone, without its region; `und` where it is not known. */
  language: text("language").notNull(),
  /**
   * Each word twice: as its language's dictionary has it, and with weight A as it was said, without accents. Of scripts without spaces each
   * letter, as it was said.
   */
  words: searchedWords("words").notNull(),
});

/**
 * The utterances of each call's newest transcript, as they are searched. Triggers of `transcripts` write them with the commit that
 * makes a transcript ready, whoever does; they go with their utterances.
 */
export const spokenLines = pgTable(
  "spoken_lines",
  {
    utteranceId: id("utterance", "utterance_id")
      .primaryKey()
      .references(() => utterances.id, { onDelete: "cascade" }),
    ...lineColumns(),
  },
  (t) => [
    index("spoken_lines_newest_idx").on(t.workspaceId, t.startedAt.desc().nullsFirst(), t.callId.desc().nullsFirst()),
    index("spoken_lines_language_idx").on(t.workspaceId, t.language),
    index("spoken_lines_call_idx").on(t.callId),
    // Each word goes into the index at once: what is put off in a list of its own would be read through by every search.
    index("spoken_lines_words_idx").using("gin", t.words).with({ fastupdate: "off" }),
    workspaceWall(),
  ],
).enableRLS();

/**
 * The lines of the workspace at hand. Searches read this and never the table: below a wall, Postgres uses an index only for operators
 * that it trusts to leak nothing, and those of full text search are not among them. The view has the wall's own condition, and reads as
 * the table's owner, before whom the table has no wall.
 */
export const searchableLines = pgView("searchable_lines", {
  utteranceId: id("utterance", "utterance_id").notNull(),
  ...lineColumns(),
}).existing();
