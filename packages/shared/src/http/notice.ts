import { z } from "zod";
import { NoticeId } from "../ids.ts";
import { Vendor } from "../queue/index.ts";
import { Instant } from "./call.ts";

/** A vendor's notice about a call, as it is kept; what it says is not shown. */
export const NoticeView = z
  .object({
    id: NoticeId,
    vendor: Vendor,
    eventId: z.string().describe("The vendor's own id of the event"),
    eventType: z.string(),
    receivedAt: Instant,
    isApplied: z.boolean().describe("False for one that changed nothing"),
    flag: z.enum(["unreadable", "no_call"]).nullable().describe("Why it was kept without effect"),
    repeats: z.int().describe("How often it came again"),
  })
  .meta({ id: "NoticeView" });
export type NoticeView = z.infer<typeof NoticeView>;
export const NoticeList = z.object({ notices: z.array(NoticeView) }).meta({ id: "NoticeList" });
export type NoticeList = z.infer<typeof NoticeList>;

/** `isKnown`: the call had heard it, so that it was counted and changed nothing. */
export const NoticeAppliedAgain = z.object({ isKnown: z.boolean() }).meta({ id: "NoticeAppliedAgain" });
export type NoticeAppliedAgain = z.infer<typeof NoticeAppliedAgain>;
