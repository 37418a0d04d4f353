import { z } from "zod";
import { CallId, NoteId } from "../ids.ts";
import { Instant } from "./call.ts";

export const AddNote = z
  .object({
    text: z.string().trim().min(1).max(4_000),
    positionMs: z
      .int()
      .min(0)
      .nullable()
      .default(null)
      .describe("Ms since the call was answered; null: of the whole call"),
  })
  .meta({ id: "AddNote" });
export type AddNote = z.infer<typeof AddNote>;

export const NoteView = z
  .object({
    id: NoteId,
    callId: CallId,
    text: z.string(),
    positionMs: z.int().nullable(),
    by: z.string(),
    byName: z.string().nullable(),
    createdAt: Instant,
  })
  .meta({ id: "NoteView" });
export type NoteView = z.infer<typeof NoteView>;
export const NoteList = z.object({ notes: z.array(NoteView) }).meta({ id: "NoteList" });
export type NoteList = z.infer<typeof NoteList>;
