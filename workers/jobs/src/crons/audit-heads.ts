import { keepAuditHeads } from "@earwitness/core";
import type { Cron } from "./cron.ts";

/** Keeps where each audit log ends outside of the database. */
export const auditHeads: Cron = {
  name: "audit_heads",
  run: async ({ ctx, ports }) => ({ kept: await keepAuditHeads(ctx, ports.store) }),
};
