import type { ContactId, JobId, MailId, OptionalMailKind, WorkspaceId } from "@earwitness/shared";
import type { MailKind } from "../../mail/mail-kind.ts";

/** A mail that was asked for. Its words, and the secret of its link, are made when it is sent. */
export interface MailRecord {
  readonly id: MailId;
  /** Null for a mail to somebody who is in no workspace yet. */
  readonly workspaceId: WorkspaceId | null;
  readonly kind: MailKind;
  readonly to: string;
  /** What it is about, by ids and plain values; never a secret. */
  readonly about: Readonly<Record<string, string>>;
  /** `rejected`: given up, for the reason that the row tells. */
  readonly state: "queued" | "sent" | "rejected";
  readonly createdAt: Date;
}

/** What became of a mail after it was handed over. */
export type MailDelivery = "delivered" | "delayed" | "bounced" | "suppressed" | "complained" | "failed";

export interface MailRepository {
  /**
   * Asks for a mail: its row, and the job that sends it. `id` is minted before, because the link's token is made of it. The same
   * `key` is one mail; without one each call is a mail of its own. Gives the job, and the mail that it sends.
   */
  add(
    mail: Pick<MailRecord, "id" | "workspaceId" | "kind" | "to" | "about">,
    key?: string,
  ): Promise<{ readonly mailId: MailId; readonly jobId: JobId }>;
  /** Throws `not_found`. */
  find(id: MailId): Promise<MailRecord>;
  /** Notes how a waiting mail came out; one that is settled stays as it is. */
  settle(
    id: MailId,
    outcome: { state: "sent"; providerMailId: string; at: Date } | { state: "rejected"; reason: string; at: Date },
  ): Promise<void>;
  /** Has a rejected one wait again. */
  requeue(id: MailId): Promise<void>;
  /**
   * Notes what the service tells of a mail. What is older than what is known changes nothing, and a complaint stays. Gives the
   * address; null where no mail has the id.
   */
  noteDelivery(
    id: MailId,
    told: { delivery: MailDelivery; detail: string | null; at: Date },
  ): Promise<{ readonly to: string } | null>;
  /** Whether a mail to an address, which is in lower case, has arrived at `since` or later. */
  hasArrived(address: string, since: Date): Promise<boolean>;
}

/** Why no mail goes to an address any more. */
export interface MailSuppression {
  readonly reason: "bounced" | "complained" | "suppressed";
  readonly detail: string | null;
  /** When that was learnt, or the address was last tried anew. */
  readonly at: Date;
}

/** What is known of addresses, whoever's they are, in lower case. */
export interface MailAddressRepository {
  suppression(address: string): Promise<MailSuppression | null>;
  /** A later reason takes the place of an earlier one; a complaint stays. */
  suppress(address: string, suppression: MailSuppression): Promise<void>;
  /** Notes that the address is tried anew by a mail that was asked for at `at`. */
  markTried(address: string, at: Date): Promise<void>;
  /** Forgets a bounce from before `at`, when a mail arrived. */
  lift(address: string, at: Date): Promise<void>;
  /** The kinds that the address has said no to. */
  unwanted(address: string): Promise<OptionalMailKind[]>;
  setWanted(address: string, kind: OptionalMailKind, isWanted: boolean, at: Date): Promise<void>;
}

export interface MailNoticeRepository {
  /** Keeps a notice byte for byte, once; false for one whose effect is in the record. */
  keep(notice: {
    id: string;
    type: string;
    providerMailId: string | null;
    receivedAt: Date;
    body: string;
  }): Promise<boolean>;
  /** Notes that what it says is in the record. */
  markApplied(id: string, at: Date): Promise<void>;
}

/** What a visitor wrote. */
export interface ContactRecord {
  readonly id: ContactId;
  readonly name: string;
  readonly email: string;
  readonly text: string;
}

export interface ContactRepository {
  /** Keeps it, with the job that sends it on. */
  add(contact: ContactRecord & { readonly jobId: JobId }): Promise<void>;
  /** These give null where there is none. */
  find(id: ContactId): Promise<ContactRecord | null>;
  byJob(jobId: JobId): Promise<ContactRecord | null>;
}
