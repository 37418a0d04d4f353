import type { MailRepository } from "@earwitness/core";
import { MailId } from "@earwitness/shared";
import { and, eq, gte, isNull, lte, ne, or, sql } from "drizzle-orm";
import { z } from "zod";
import { requireRow } from "../require-row.ts";
import { jobs, mails } from "../schema/index.ts";
import type { Scope } from "../scope.ts";
import { jobRepository } from "./jobs.ts";

const SendsMail = z.object({ mailId: MailId });

export function mailRepository(scope: Scope): MailRepository {
  const { db, clock } = scope;
  const jobsOf = jobRepository(scope);
  return {
    async add(mail, key = mail.id) {
      const { id, workspaceId } = mail;
      const wish = { workspaceId, kind: "mail.send", key: `mail.send/${key}`, payload: { mailId: id } } as const;
      const jobId = await jobsOf.add(wish);
      // Of two that ask by one key at once, the second has waited here for the first's job, and finds whose mail it sends.
      if (key !== mail.id) {
        const [job] = await db.select({ payload: jobs.payload }).from(jobs).where(eq(jobs.id, jobId));
        const { mailId } = SendsMail.parse(job?.payload);
        if (mailId !== id) return { mailId, jobId };
      }
      await db.insert(mails).values({ ...mail, about: { ...mail.about }, createdAt: clock.now() });
      return { mailId: id, jobId };
    },
    async find(id) {
      return requireRow(await db.select().from(mails).where(eq(mails.id, id)), "The mail");
    },
    async settle(id, { at, ...outcome }) {
      await db
        .update(mails)
        .set({ ...outcome, settledAt: at })
        .where(and(eq(mails.id, id), eq(mails.state, "queued")));
    },
    async requeue(id) {
      await db
        .update(mails)
        .set({ state: "queued", reason: null, settledAt: null })
        .where(and(eq(mails.id, id), eq(mails.state, "rejected")));
    },
    async noteDelivery(id, { delivery, detail, at }) {
      const [mail] = await db.select({ to: mails.to }).from(mails).where(eq(mails.id, id)).for("update");
      if (mail === undefined) return null;
      const isNewer = or(isNull(mails.delivery), and(ne(mails.delivery, "complained"), lte(mails.deliveryAt, at)));
      await db
        .update(mails)
        .set({ delivery, deliveryAt: at, reason: detail })
        .where(and(eq(mails.id, id), isNewer));
      return mail;
    },
    async hasArrived(address, since) {
      const isTo = eq(sql`lower(${mails.to})`, address);
      const [arrived] = await db
        .select({ id: mails.id })
        .from(mails)
        .where(and(isTo, eq(mails.delivery, "delivered"), gte(mails.deliveryAt, since)))
        .limit(1);
      return arrived !== undefined;
    },
  };
}
