import { createHash, randomUUID } from "node:crypto";
import { keepNewest } from "../keep-newest.ts";
import type { Mail, MailBody } from "./mail.ts";
import { problems } from "./problem.ts";

/** How long an idempotency key is remembered. */
const REMEMBERED_MS = 24 * 3_600_000;
/** Mails and keys kept; older ones are thrown away. */
const KEPT = 5_000;

/** Takes mails and keeps them for people and tests to read. Nothing leaves this process. */
export class PostOffice {
  readonly #mails: Mail[] = [];
  readonly #keys = new Map<string, { mail: Mail; digest: string; at: number }>();

  /** Takes a mail; the same key with the same mail is taken once. Throws 409 when the mail is another one. */
  accept(body: MailBody, idempotencyKey: string | undefined): { mail: Mail; isNew: boolean } {
    const digest = createHash("sha256").update(JSON.stringify(body)).digest("hex");
    const before = idempotencyKey === undefined ? undefined : this.#keys.get(idempotencyKey);
    if (before !== undefined && Date.now() - before.at < REMEMBERED_MS) {
      if (before.digest !== digest) throw problems.otherPayload();
      return { mail: before.mail, isNew: false };
    }
    const mail: Mail = { ...body, id: randomUUID(), createdAt: new Date().toISOString() };
    this.#mails.unshift(mail);
    this.#mails.splice(KEPT);
    if (idempotencyKey !== undefined) this.#keys.set(idempotencyKey, { mail, digest, at: Date.now() });
    keepNewest(this.#keys, KEPT);
    return { mail, isNew: true };
  }

  find(id: string): Mail | undefined {
    return this.#mails.find((mail) => mail.id === id);
  }

  /** Newest first; `to` is one recipient's address, in any case. */
  list(to?: string): readonly Mail[] {
    const wanted = to?.toLowerCase();
    return wanted === undefined
      ? this.#mails
      : this.#mails.filter((mail) => mail.to.some((recipient) => addressOf(recipient) === wanted));
  }

  clear(): void {
    this.#mails.length = 0;
  }
}

/** `Ana <ana@example.org>` and `ana@example.org` are the same recipient. */
function addressOf(recipient: string): string {
  return (/<([^<>]+)>/.exec(recipient)?.[1] ?? recipient).trim().toLowerCase();
}
