import { isAllowed } from "@earwitness/core";
import { listExports as readExports } from "@earwitness/db";
import { ExportList } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";

export const listExports = route({
  method: "get",
  path: "/exports",
  operationId: "listExports",
  tag: "Workspace",
  summary: "The files that were asked for, newest first",
  description: "The newest hundred. Those of the audit log are shown to those who may read it.",
  may: "exports:make",
  request: {},
  returns: { 200: ExportList },
  handle: async ({ ctx, services }) => {
    const withAudit = isAllowed(ctx.actor, "audit:read");
    return ok({ exports: await services.database.read(ctx.actor, (scope) => readExports(scope, { withAudit })) });
  },
});
