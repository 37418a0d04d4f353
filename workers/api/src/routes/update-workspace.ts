import { asPerson, updateWorkspace as change } from "@earwitness/core";
import { readWorkspace } from "@earwitness/db";
import { UpdateWorkspace, WorkspaceView } from "@earwitness/shared";
import { z } from "zod";
import { mayChange, versionTag } from "../http/conditional.ts";
import { ok, route } from "../http/route.ts";

export const updateWorkspace = route({
  method: "patch",
  path: "/workspace",
  operationId: "updateWorkspace",
  tag: "Workspace",
  summary: "Change the workspace's settings",
  description:
    "What is left out stays. With `If-Match`, holding the workspace's `version` in quotes, one that was changed meanwhile answers 412. Announcement and language are what new numbers begin with; without an announcement of its own a workspace's numbers say that the call is recorded. Key terms count for every number besides its own, for calls that begin once its settings are published. `retention` says for how many days recordings, transcripts and whole calls are kept; what is older goes each night and does not come back, see `GET /v1/retention/preview`. `retentionDays` is its older form: it sets the days of recordings and transcripts. Whether calls are recorded is set for each number and direction.",
  may: "workspace:change",
  // Key terms at their longest, in a script that JSON escapes.
  maxBodyBytes: 256 * 1024,
  request: {
    header: z.object({ "if-match": z.string().max(200).optional() }),
    body: UpdateWorkspace.strict(),
  },
  returns: { 200: WorkspaceView },
  handle: async ({ ctx, services, input: { header, body } }) => {
    const person = asPerson(ctx);
    const { renewed } = await change(person, {
      changes: body,
      mayChange: (version) => mayChange(header["if-match"] ?? null, versionTag(version)),
    });
    services.renewSockets(renewed);
    const workspace = await services.database.read(ctx.actor, (scope) => readWorkspace(scope, ctx.actor.workspaceId));
    return { ...ok(workspace), headers: { etag: versionTag(workspace.version) } };
  },
});
