import { isAllowed } from "@earwitness/core";
import { readExport } from "@earwitness/db";
import { ExportId, ExportView } from "@earwitness/shared";
import { z } from "zod";
import { ok, route } from "../http/route.ts";

export const getExport = route({
  method: "get",
  path: "/exports/{exportId}",
  operationId: "getExport",
  tag: "Workspace",
  summary: "A file that was asked for, and how far it is",
  may: "exports:make",
  request: { path: z.object({ exportId: ExportId }) },
  returns: { 200: ExportView },
  handle: async ({ ctx, services, input: { path } }) => {
    const withAudit = isAllowed(ctx.actor, "audit:read");
    return ok(await services.database.read(ctx.actor, (scope) => readExport(scope, path.exportId, { withAudit })));
  },
});
