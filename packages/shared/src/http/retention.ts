import { z } from "zod";
import { CallId, HoldId } from "../ids.ts";
import { CallSummary, Instant } from "./call.ts";
import { RetentionKind } from "./purge.ts";

/** What must not be deleted: one call, or the whole workspace where `callId` is null. */
export const HoldView = z
  .object({
    id: HoldId,
    callId: CallId.nullable(),
    callLabel: z.string().nullable().describe("The other party's number; null for a hold on the whole workspace"),
    reason: z.string(),
    placedBy: z.string().describe("The id of a person"),
    placedByName: z.string().nullable(),
    placedAt: Instant,
    releasedAt: Instant.nullable(),
  })
  .meta({ id: "HoldView" });
export type HoldView = z.infer<typeof HoldView>;
export const HoldList = z.object({ holds: z.array(HoldView) }).meta({ id: "HoldList" });
export type HoldList = z.infer<typeof HoldList>;

export const ListHoldsQuery = z.object({
  callId: CallId.optional().describe("Those that keep this call: on it, and on the whole workspace"),
  released: z.enum(["true", "false"]).default("false").describe("`true`: also those that are released"),
});

const MAX_REASON_CHARACTERS = 500;
export const PlaceHold = z
  .strictObject({
    callId: CallId.nullable().describe("null: everything of the workspace"),
    reason: z.string().trim().min(1).max(MAX_REASON_CHARACTERS),
  })
  .meta({ id: "PlaceHold" });
export type PlaceHold = z.infer<typeof PlaceHold>;

/** A call in the trash. */
export const TrashedCall = CallSummary.extend({
  deletedAt: Instant,
  deletedBy: z.string().nullable().describe("The id of a person or a key"),
  deletedByName: z.string().nullable(),
  purgeAt: Instant.describe("It is purged by the first run of the schedule after"),
  isHeld: z.boolean().describe("A legal hold keeps it, past its time"),
}).meta({ id: "TrashedCall" });
export type TrashedCall = z.infer<typeof TrashedCall>;
export const TrashList = z
  .object({ calls: z.array(TrashedCall), nextCursor: z.string().nullable() })
  .meta({ id: "TrashList" });
export type TrashList = z.infer<typeof TrashList>;

const MAX_PAGE_SIZE = 100;
export const ListTrashQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(50),
});

const MAX_DAYS = 3650;
const days = z.coerce.number().int().min(1).max(MAX_DAYS);
/** Rules to be looked at before they are saved. */
export const RetentionPreviewQuery = z.object({
  recordings: days.optional(),
  transcripts: days.optional(),
  calls: days.optional(),
});

/** What the next run would take away. */
export const RetentionPreview = z
  .object({
    runAt: Instant.describe("When the next run is due"),
    kinds: z.array(
      z.object({
        kind: RetentionKind,
        days: z.int(),
        due: z.int().describe("Calls of which it goes"),
        held: z.int().describe("Calls that are as old and held"),
      }),
    ),
    trash: z.object({ due: z.int(), held: z.int() }),
  })
  .meta({ id: "RetentionPreview" });
export type RetentionPreview = z.infer<typeof RetentionPreview>;

/** For how many days each kind of data is kept, from the call's beginning; null: for good. */
export const RetentionView = z
  .object({
    recordings: z.int().min(1).max(MAX_DAYS).nullable(),
    transcripts: z.int().min(1).max(MAX_DAYS).nullable(),
    calls: z.int().min(1).max(MAX_DAYS).nullable().describe("Everything of a call, its line in the list too"),
  })
  .meta({ id: "RetentionView" });
export type RetentionView = z.infer<typeof RetentionView>;
/** What is left out stays. */
export const UpdateRetention = RetentionView.partial().meta({ id: "UpdateRetention" });
