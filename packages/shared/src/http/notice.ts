import { z } from "zod";
import { NoticeId } from "../ids.ts";
import { Vendor } from "../queue/index.ts";
import { Instant } from "./call.ts";

const MAX_PAGE_SIZE = 100;

/** Why a notice had no effect: nobody could read it, or there was no call that it could be of; `sorted`: it was read later, and went to its call. */
export const NoticeFlag = z.enum(["unreadable", "no_call", "sorted"]);
export type NoticeFlag = z.infer<typeof NoticeFlag>;

/** A vendor's notice, as it is kept; what it says is not shown. */
export const NoticeView = z
  .object({
    id: NoticeId,
    vendor: Vendor,
    eventId: z.string().describe("The vendor's own id of the event"),
    eventType: z.string(),
    receivedAt: Instant,
    isApplied: z.boolean().describe("False for one that changed nothing"),
    flag: NoticeFlag.nullable().describe("Why it was kept without effect"),
    repeats: z.int().describe("How often it came again"),
  })
  .meta({ id: "NoticeView" });
export type NoticeView = z.infer<typeof NoticeView>;
export const NoticeList = z.object({ notices: z.array(NoticeView) }).meta({ id: "NoticeList" });
export type NoticeList = z.infer<typeof NoticeList>;

/** Which notices of no workspace. */
export const ListNoticesQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(50),
  flag: NoticeFlag.optional(),
});
export type ListNoticesQuery = z.infer<typeof ListNoticesQuery>;
export const NoticePage = z
  .object({ notices: z.array(NoticeView), nextCursor: z.string().nullable() })
  .meta({ id: "NoticePage" });
export type NoticePage = z.infer<typeof NoticePage>;

/** `isKnown`: the call had understood it before, or does not now either, so that it was counted and changed nothing. */
export const NoticeAppliedAgain = z.object({ isKnown: z.boolean() }).meta({ id: "NoticeAppliedAgain" });
export type NoticeAppliedAgain = z.infer<typeof NoticeAppliedAgain>;
