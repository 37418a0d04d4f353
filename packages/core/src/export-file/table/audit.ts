import { AuditFilter, AuditPlace, type AuditRow } from "../../ports/export-source.ts";
import { rowKind } from "./row-kind.ts";

/** A line for each entry of the audit log, oldest first. Whoever wants to check the chain takes it out by its own way. */
export const auditRows = rowKind<AuditRow, AuditPlace>({
  columns: [
    { name: "n", value: ({ n }) => n },
    { name: "at", value: ({ at }) => at },
    { name: "actor_kind", value: ({ actor }) => actor.kind },
    { name: "actor_id", value: ({ actor }) => actor.id },
    { name: "action", value: ({ action }) => action },
    { name: "object_kind", value: ({ object }) => object.kind },
    { name: "object_id", value: ({ object }) => object.id },
    { name: "details", value: ({ details }) => JSON.stringify(details) },
    { name: "ip_address", value: ({ ipAddress }) => ipAddress },
    { name: "user_agent", value: ({ userAgent }) => userAgent },
    { name: "request_id", value: ({ requestId }) => requestId },
    { name: "previous_sha256", value: ({ previousSha256 }) => previousSha256 },
    { name: "sha256", value: ({ sha256 }) => sha256 },
  ],
  object: (entry) => entry,
  place: AuditPlace,
  placeOf: ({ n }) => ({ n }),
  count: (source, { workspaceId, filter }) => source.countAudit(workspaceId, AuditFilter.parse(filter)),
  read: (source, { workspaceId, filter }, after, limit) =>
    source.audit(workspaceId, AuditFilter.parse(filter), after, limit),
});
