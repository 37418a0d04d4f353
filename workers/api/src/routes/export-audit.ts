import { beginAuditExport } from "@earwitness/core";
import { ExportAuditQuery } from "@earwitness/shared";
import { auditExport } from "../http/audit-export.ts";
import { route } from "../http/route.ts";

export const exportAudit = route({
  method: "get",
  path: "/audit/export",
  operationId: "exportAudit",
  tag: "Workspace",
  summary: "The audit log, to keep and to check",
  description:
    "JSON Lines, oldest first, the last line says where the log ends. That it was taken out is its last entry. A body that ends without that line broke off: ask again. How it is checked, without us, is in the documentation of the audit log.",
  may: "audit:read",
  request: { query: ExportAuditQuery.strict() },
  returns: { 200: { mediaType: "application/jsonl" } },
  handle: async ({ ctx, services, raw, input: { query } }) => {
    const headers = {
      "cache-control": "no-store",
      "content-disposition": `attachment; filename="audit_${ctx.actor.workspaceId}.jsonl"`,
      "content-type": "application/jsonl",
    };
    // Nothing is taken out by it, so nothing is logged.
    if (raw.method === "HEAD") return new Response(null, { headers });
    const head = await beginAuditExport(ctx, query.after);
    return new Response(auditExport(services.openDatabase(), ctx.actor, { head, after: query.after }), { headers });
  },
});
