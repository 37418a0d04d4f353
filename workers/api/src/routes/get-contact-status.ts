import { readContactTicket } from "@earwitness/core";
import { readMailState } from "@earwitness/db";
import { ContactStatus, EarwitnessError, JobId } from "@earwitness/shared";
import { z } from "zod";
import { ok, route } from "../http/route.ts";

const MAX_TOKEN_CHARACTERS = 1_000;
const STATES = { queued: "queued", sent: "sent", rejected: "failed" } as const;

export const getContactStatus = route({
  method: "get",
  path: "/contact/{jobId}",
  operationId: "getContactStatus",
  tag: "Workspace",
  summary: "What became of a message by the contact form",
  description: "For whoever sent it, by the token of that answer: of no other job anything is told.",
  may: "anyone",
  request: {
    path: z.object({ jobId: JobId }),
    query: z.strictObject({ token: z.string().min(1).max(MAX_TOKEN_CHARACTERS) }),
  },
  returns: { 200: ContactStatus },
  handle: async ({ ctx, services, input: { path, query } }) => {
    const mailId = await readContactTicket(services.env.LINK_SECRET, query.token, path.jobId, ctx.clock.now());
    const state =
      mailId === null ? null : await services.database.read(ctx.actor, (scope) => readMailState(scope, mailId));
    if (state === null) throw new EarwitnessError("not_found", "No message is known by this token.");
    return ok({ state: STATES[state] });
  },
});
