import type { MailRepository } from "@earwitness/core";
import { notFound } from "@earwitness/shared";
import { and, eq } from "drizzle-orm";
import { mails } from "../schema/index.ts";
import type { Scope } from "../scope.ts";
import { jobRepository } from "./jobs.ts";

export function mailRepository(scope: Scope): MailRepository {
  const { db, clock } = scope;
  const jobs = jobRepository(scope);
  return {
    async add(mail) {
      await db.insert(mails).values({ ...mail, about: { ...mail.about }, createdAt: clock.now() });
      const { id, workspaceId } = mail;
      await jobs.add({ workspaceId, kind: "mail.send", key: `mail.send/${id}`, payload: { mailId: id } });
    },
    async find(id) {
      const [mail] = await db.select().from(mails).where(eq(mails.id, id));
      if (mail === undefined) throw notFound("The mail");
      return mail;
    },
    async settle(id, { at, ...outcome }) {
      await db
        .update(mails)
        .set({ ...outcome, settledAt: at })
        .where(and(eq(mails.id, id), eq(mails.state, "queued")));
    },
  };
}
