import type { MailId } from "@earwitness/shared";
import { eq } from "drizzle-orm";
import { mails, mailUnsubscribes } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

/** How a mail stands; null where there is none, or none any more. */
export async function readMailState({ db }: Scope, id: MailId): Promise<"queued" | "sent" | "rejected" | null> {
  const [mail] = await db.select({ state: mails.state }).from(mails).where(eq(mails.id, id));
  return mail?.state ?? null;
}

/** Which of the mails that nobody asks for an address gets. Asked as a visitor: it is of no workspace. */
export async function readWantedMails(
  { db }: Scope,
  address: string,
): Promise<{ readonly digest: boolean; readonly exportReady: boolean }> {
  const rows = await db
    .select({ kind: mailUnsubscribes.kind })
    .from(mailUnsubscribes)
    .where(eq(mailUnsubscribes.address, address.toLowerCase()));
  const unwanted = rows.map(({ kind }) => kind);
  return { digest: !unwanted.includes("digest"), exportReady: !unwanted.includes("export_ready") };
}
