import { CheckList } from "@earwitness/shared";
import { runChecks } from "../checks.ts";
import { ok, route } from "../http/route.ts";

export const getChecks = route({
  method: "get",
  path: "/checks",
  operationId: "getChecks",
  tag: "Workspace",
  summary: "One real, harmless request to each thing that a call needs",
  description:
    "The carrier and the transcriber by their keys, the storage by a kilobyte written, read and deleted, the database.",
  may: "checks:run",
  request: {},
  returns: { 200: CheckList },
  handle: async ({ ctx, services }) => ok(await runChecks(ctx, services)),
});
