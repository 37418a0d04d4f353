import { makeExport as make } from "@earwitness/core";
import { AcceptedExport, MakeExport } from "@earwitness/shared";
import { reply, route } from "../http/route.ts";

export const makeExport = route({
  method: "post",
  path: "/exports",
  operationId: "makeExport",
  tag: "Workspace",
  summary: "Have a file written",
  description:
    "Calls, transcripts or the audit log as CSV or JSON Lines, or one call as PDF, subtitles, vCon or JSON Lines. It is written by a job (202); ask for the export, and download it when it is ready. Files are kept for a week. Ten at most are on their way at a time.",
  may: "exports:make",
  request: { body: MakeExport },
  returns: { 202: AcceptedExport },
  handle: async ({ ctx, services, input: { body } }) => {
    const accepted = await make(ctx, body);
    services.kickOutbox();
    return reply(202, accepted);
  },
});
