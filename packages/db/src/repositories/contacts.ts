import type { ContactRepository } from "@earwitness/core";
import { eq } from "drizzle-orm";
import { contacts } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

export function contactRepository({ db, clock }: Scope): ContactRepository {
  return {
    async add(contact) {
      await db.insert(contacts).values({ ...contact, createdAt: clock.now() });
    },
    async find(id) {
      const [contact] = await db.select().from(contacts).where(eq(contacts.id, id));
      return contact ?? null;
    },
    async byJob(jobId) {
      const [contact] = await db.select().from(contacts).where(eq(contacts.jobId, jobId));
      return contact ?? null;
    },
  };
}
