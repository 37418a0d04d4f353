import { z } from "zod";

/** What is kept for a time and then forgotten. */
export const Perishable = z.enum([
  "session",
  "sign_in_token",
  "token_family",
  "spent_refresh_token",
  "idempotency_key",
  "answered_request",
  "refused_upload",
  "unused_import_line",
  "ended_job",
  "dismissed_job",
  "settled_mail",
  "mail_notice",
  "contact",
  "cron_run",
  "handled_dead_letter",
]);
export type Perishable = z.infer<typeof Perishable>;
