import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Faults } from "../../faults/faults.ts";
import type { Mail } from "../mail.ts";
import { fateOf } from "./fate.ts";
import type { SvixSigner } from "./sign.ts";

/** Svix gives up on an answer after this. https://docs.svix.com/retries */
const ANSWER_TIMEOUT_MS = 15_000;
/** The vendor's first waits between tries; those of hours are longer than a stand-in lives. */
export const DEFAULT_RETRIES_MS: readonly number[] = [5_000, 300_000, 1_800_000];
/** Notices kept for whoever looks into them. */
const KEPT = 5_000;

/** A notice, and what became of it. */
export interface MailNotice {
  /** Constant over all tries. */
  readonly id: string;
  readonly event: string;
  readonly mailId: string;
  readonly statuses: (number | null)[];
  state: "pending" | "delivered" | "failed" | "dropped";
}

/** Tells, by signed webhooks, what becomes of mails: one event after the other, each tried again until it is taken. */
export class Courier {
  url: string | null;
  readonly notices: MailNotice[] = [];
  readonly #signer: SvixSigner;
  readonly #faults: Faults;
  readonly #retriesMs: readonly number[];
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<void>>();

  constructor(signer: SvixSigner, faults: Faults, url: string | null, retriesMs = DEFAULT_RETRIES_MS) {
    this.#signer = signer;
    this.#faults = faults;
    this.url = url;
    this.#retriesMs = retriesMs;
  }

  /** Starts to tell of a mail. Never throws. */
  tell(mail: Mail): void {
    const { url } = this;
    if (url === null) return;
    const run = this.#tellAll(mail, url)
      // Only our own close breaks it off.
      .catch(() => {})
      .finally(() => this.#running.delete(run));
    this.#running.add(run);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#running);
  }

  async #tellAll(mail: Mail, url: string): Promise<void> {
    for (const { type, data } of fateOf(mail)) {
      const notice: MailNotice = {
        id: `msg_${randomUUID()}`,
        event: type,
        mailId: mail.id,
        statuses: [],
        state: "pending",
      };
      this.notices.unshift(notice);
      this.notices.splice(KEPT);
      const body = JSON.stringify({ type, created_at: new Date().toISOString(), data: { ...dataOf(mail), ...data } });
      const fault = this.#faults.take({
        target: "mail_notice",
        event: type,
        effects: ["drop", "delay", "duplicate"],
      });
      if (fault?.effect === "drop") {
        notice.state = "dropped";
        continue;
      }
      if (fault?.effect === "delay") await this.#wait(fault.delayMs);
      const copies = fault?.effect === "duplicate" ? 2 : 1;
      await Promise.all(Array.from({ length: copies }, () => this.#tryAll(notice, url, body)));
    }
  }

  async #tryAll(notice: MailNotice, url: string, body: string): Promise<void> {
    for (const waitMs of [0, ...this.#retriesMs]) {
      if (waitMs > 0) await this.#wait(waitMs);
      const status = await this.#post(notice.id, url, body);
      notice.statuses.push(status);
      if (status !== null && status >= 200 && status < 300) {
        notice.state = "delivered";
        return;
      }
    }
    if (notice.state === "pending") notice.state = "failed";
  }

  async #post(id: string, url: string, body: string): Promise<number | null> {
    const headers = this.#signer.headers(id, body, Math.floor(Date.now() / 1000));
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", "user-agent": "Svix-Webhooks/1.0", ...headers },
        body,
        redirect: "manual",
        signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
      });
      await response.body?.cancel();
      return response.status;
    } catch (error) {
      if (this.#closing.signal.aborted) throw error;
      return null;
    }
  }

  #wait(ms: number): Promise<void> {
    return sleep(ms, undefined, { signal: this.#closing.signal });
  }
}

/** The mail as each event carries it: its tags as an object, although they were sent as a list. */
function dataOf(mail: Mail): object {
  return {
    email_id: mail.id,
    created_at: mail.createdAt,
    from: mail.from,
    to: mail.to,
    subject: mail.subject,
    ...(mail.tags !== undefined && { tags: Object.fromEntries(mail.tags.map(({ name, value }) => [name, value])) }),
  };
}
