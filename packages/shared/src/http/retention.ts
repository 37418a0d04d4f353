import { z } from "zod";
import { CallId, HoldId } from "../ids.ts";
import { Instant } from "./call.ts";

/** What must not be deleted: one call, or the whole workspace where `callId` is null. */
export const HoldView = z
  .object({
    id: HoldId,
    callId: CallId.nullable(),
    callLabel: z.string().nullable(),
    reason: z.string(),
    placedBy: z.string(),
    placedAt: Instant,
    releasedAt: Instant.nullable(),
  })
  .meta({ id: "HoldView" });
export type HoldView = z.infer<typeof HoldView>;
export const HoldList = z.object({ holds: z.array(HoldView) }).meta({ id: "HoldList" });
export type HoldList = z.infer<typeof HoldList>;

const MAX_REASON_CHARACTERS = 500;
export const PlaceHold = z
  .strictObject({
    callId: CallId.nullable().describe("null: everything of the workspace"),
    reason: z.string().trim().min(1).max(MAX_REASON_CHARACTERS),
  })
  .meta({ id: "PlaceHold" });
export type PlaceHold = z.infer<typeof PlaceHold>;
