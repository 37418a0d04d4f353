import { readImport } from "@earwitness/db";
import { ImportId, ImportView } from "@earwitness/shared";
import { z } from "zod";
import { ok, route } from "../http/route.ts";

export const getImport = route({
  method: "get",
  path: "/imports/{importId}",
  operationId: "getImport",
  tag: "Recordings",
  summary: "An import, how far it is, and what it refused",
  may: "imports:run",
  request: { path: z.object({ importId: ImportId }) },
  returns: { 200: ImportView },
  handle: async ({ ctx, services, input: { path } }) =>
    ok(await services.database.read(ctx.actor, (scope) => readImport(scope, path.importId))),
});
