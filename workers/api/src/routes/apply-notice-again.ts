import { applyNoticeAgain as act } from "@earwitness/core";
import { CallId, NoticeAppliedAgain, NoticeId } from "@earwitness/shared";
import { z } from "zod";
import { ok, route } from "../http/route.ts";

export const applyNoticeAgain = route({
  method: "post",
  path: "/calls/{callId}/notices/{noticeId}/apply-again",
  operationId: "applyNoticeAgain",
  tag: "Operations",
  summary: "Apply a vendor's notice again",
  description:
    "Byte for byte as it came. One that the call has understood before is counted and changes nothing; any other is applied as if it had just come.",
  may: "ops:act",
  request: { path: z.object({ callId: CallId, noticeId: NoticeId }) },
  returns: { 200: NoticeAppliedAgain },
  handle: async ({ ctx, services, input: { path } }) => ok(await act(ctx, services.rooms, path.callId, path.noticeId)),
});
