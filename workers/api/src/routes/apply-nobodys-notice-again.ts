import { applyNobodysNoticeAgain as act } from "@earwitness/core";
import { sortTelnyxNotice } from "@earwitness/providers/telephony";
import { NoticeAppliedAgain, NoticeId } from "@earwitness/shared";
import { z } from "zod";
import { ok, route } from "../http/route.ts";
import { OPS } from "../jobs-viewer.ts";

export const applyNobodysNoticeAgain = route({
  method: "post",
  path: "/notices/{noticeId}/apply-again",
  operationId: "applyNobodysNoticeAgain",
  tag: "Operations",
  summary: "Apply a vendor's notice of no workspace again",
  description:
    "Byte for byte as it came. One that could not be read is read once more and goes to its call, and is flagged `sorted`; what a call has understood before is counted there and changes nothing.",
  may: "ops:act",
  request: { path: z.object({ noticeId: NoticeId }) },
  returns: { 200: NoticeAppliedAgain },
  handle: async ({ ctx, services, input: { path } }) => {
    const { rooms } = services;
    return ok(await act(ctx, services.contextOf(OPS), { rooms, sort: sortTelnyxNotice }, path.noticeId));
  },
});
