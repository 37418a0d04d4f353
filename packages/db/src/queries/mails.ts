import type { MailId, MeView, UserId } from "@earwitness/shared";
import { eq, sql } from "drizzle-orm";
import { mails, mailUnsubscribes, users } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

/** How a mail stands; null where there is none, or none any more. */
export async function readMailState({ db }: Scope, id: MailId): Promise<"queued" | "sent" | "rejected" | null> {
  const [mail] = await db.select({ state: mails.state }).from(mails).where(eq(mails.id, id));
  return mail?.state ?? null;
}

/** Which of the mails that nobody asks for somebody gets. Asked as a visitor: it is about their address, in every workspace. */
export async function readWantedMails({ db }: Scope, userId: UserId): Promise<MeView["user"]["mails"]> {
  const rows = await db
    .select({ kind: mailUnsubscribes.kind })
    .from(mailUnsubscribes)
    .innerJoin(users, eq(mailUnsubscribes.address, sql`lower(${users.email})`))
    .where(eq(users.id, userId));
  const unwanted = rows.map(({ kind }) => kind);
  return { digest: !unwanted.includes("digest"), exportReady: !unwanted.includes("export_ready") };
}
