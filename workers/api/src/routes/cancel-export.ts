import { isAllowed, stopExport } from "@earwitness/core";
import { readExport } from "@earwitness/db";
import { ExportId, ExportView } from "@earwitness/shared";
import { z } from "zod";
import { ok, route } from "../http/route.ts";

export const cancelExport = route({
  method: "post",
  path: "/exports/{exportId}/cancel",
  operationId: "cancelExport",
  tag: "Workspace",
  summary: "Stop writing a file",
  description: "What was written of it is thrown away. One that is over stays as it is.",
  may: "exports:make",
  request: { path: z.object({ exportId: ExportId }) },
  returns: { 200: ExportView },
  handle: async ({ ctx, services, input: { path } }) => {
    await stopExport(ctx, path.exportId);
    services.kickOutbox();
    const withAudit = isAllowed(ctx.actor, "audit:read");
    return ok(await services.database.read(ctx.actor, (scope) => readExport(scope, path.exportId, { withAudit })));
  },
});
