import { sendNoticeAgain as act } from "@earwitness/core";
import { NoticeId, NoticeSentAgain } from "@earwitness/shared";
import { z } from "zod";
import { ok, route } from "../http/route.ts";
import { OPS } from "../jobs-viewer.ts";

export const sendNoticeAgain = route({
  method: "post",
  path: "/notices/{noticeId}/apply-again",
  operationId: "sendNoticeAgain",
  tag: "Operations",
  summary: "Apply a vendor's notice of no workspace again",
  description:
    "Byte for byte as it came, by its queue. One that could not be read is read once more and goes to its call; one that a call has heard is counted there and changes nothing.",
  may: "ops:act",
  request: { path: z.object({ noticeId: NoticeId }) },
  returns: { 200: NoticeSentAgain },
  handle: async ({ ctx, services, input: { path } }) => {
    const send = async (message: object) => void (await services.env.JOBS.resend("earwitness-notices", message));
    return ok(await act(ctx, services.contextOf(OPS), send, path.noticeId));
  },
});
