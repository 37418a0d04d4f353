import { z } from "zod";
import { problems, type ResendProblem } from "./problem.ts";

const MAX_RECIPIENTS = 50;

const address = /^[^<>@\s]+@[^<>@\s]+\.[^<>@\s]+$/;
const isMailbox = (text: string) => address.test(/^[^<>]*<([^<>]+)>$/.exec(text.trim())?.[1] ?? text.trim());
const Mailbox = z.string().refine(isMailbox, "not an e-mail address");
const Mailboxes = z
  .union([Mailbox, z.array(Mailbox).max(MAX_RECIPIENTS)])
  .transform((value) => (typeof value === "string" ? [value] : value));
const Tag = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,256}$/, "Tags should only contain ASCII letters, numbers, underscores, or dashes.");

const MailBody = z.strictObject({
  from: z.string().refine(isMailbox, "from"),
  to: Mailboxes.refine((list) => list.length > 0, "at least one recipient"),
  subject: z.string().min(1),
  html: z.string().optional(),
  text: z.string().optional(),
  cc: Mailboxes.optional(),
  bcc: Mailboxes.optional(),
  reply_to: Mailboxes.optional(),
  headers: z.record(z.string(), z.string()).optional(),
  tags: z.array(z.strictObject({ name: Tag, value: Tag })).optional(),
  attachments: z
    .array(
      z.strictObject({
        filename: z.string().optional(),
        content: z.string().optional(),
        path: z.url().optional(),
        content_type: z.string().optional(),
        content_id: z.string().optional(),
      }),
    )
    .optional(),
  scheduled_at: z.string().optional(),
  template: z.unknown().optional(),
  topic_id: z.unknown().optional(),
});

export type MailBody = z.infer<typeof MailBody>;

/** A mail as the mailbox keeps it. */
export interface Mail extends MailBody {
  readonly id: string;
  readonly createdAt: string;
}

/** Checks the body of `POST /emails`. Throws `ResendProblem`. */
export function parseMail(body: unknown): MailBody {
  const parsed = MailBody.safeParse(body);
  if (!parsed.success) throw explain(parsed.error.issues[0], body);
  const mail = parsed.data;
  for (const field of ["template", "topic_id", "scheduled_at"] as const) {
    if (mail[field] !== undefined) throw problems.notEmulated(field);
  }
  if (mail.html === undefined && mail.text === undefined) throw problems.missingField("html` or `text");
  return mail;
}

function explain(issue: z.core.$ZodIssue | undefined, body: unknown): ResendProblem {
  if (issue?.code === "unrecognized_keys") return problems.invalid(`Unrecognized key: ${issue.keys.join(", ")}`);
  const field = String(issue?.path[0] ?? "");
  if (field === "") return problems.invalid("The request body must be an object.");
  if (typeof body === "object" && body !== null && !(field in body)) return problems.missingField(field);
  if (field === "from") return problems.invalidFrom();
  return problems.invalid(`Invalid \`${field}\` field. ${issue?.message ?? ""}`.trim());
}
