import { downloadExport as download } from "@earwitness/core";
import { ExportDownload, ExportId } from "@earwitness/shared";
import { z } from "zod";
import { ok, route } from "../http/route.ts";

export const downloadExport = route({
  method: "get",
  path: "/exports/{exportId}/download",
  operationId: "downloadExport",
  tag: "Workspace",
  summary: "Where a file is fetched",
  description:
    "An address of the storage itself, for ten minutes; browsers save what is there. Who asked for it stands in the audit log. 409 for one that is not ready, or expired.",
  may: "exports:make",
  request: { path: z.object({ exportId: ExportId }) },
  returns: { 200: ExportDownload },
  handle: async ({ ctx, services, input: { path } }) => ok(await download(ctx, services.files.store, path.exportId)),
});
