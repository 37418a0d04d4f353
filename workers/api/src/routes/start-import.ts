import { startImport as start } from "@earwitness/core";
import { AcceptedImport, StartImport } from "@earwitness/shared";
import { reply, route } from "../http/route.ts";

export const startImport = route({
  method: "post",
  path: "/imports",
  operationId: "startImport",
  tag: "Recordings",
  summary: "Take over recordings in bulk",
  description:
    "Files that lie in the storage below `imports/<workspace id>/<prefix>/`, named by a table `calls.csv` beside them. Each is checked as an upload is, and becomes a call. By a job (202); ask for the import. How the files get there is in the documentation of imports.",
  may: "imports:run",
  request: { body: StartImport },
  returns: { 202: AcceptedImport },
  handle: async ({ ctx, services, input: { body } }) => {
    const accepted = await start(ctx, services.files.store, body);
    services.kickOutbox();
    return reply(202, accepted);
  },
});
