import { listImports as readImports } from "@earwitness/db";
import { ImportList } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";

export const listImports = route({
  method: "get",
  path: "/imports",
  operationId: "listImports",
  tag: "Recordings",
  summary: "The imports, newest first",
  description: "The newest fifty.",
  may: "imports:run",
  request: {},
  returns: { 200: ImportList },
  handle: async ({ ctx, services }) => ok({ imports: await services.database.read(ctx.actor, readImports) }),
});
