import type { MailId, WorkspaceId } from "@earwitness/shared";
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

export interface MailRepository {
  /** Asks for a mail: its row, and the job that sends it. `id` is minted before, because the link's token is made of it. */
  add(mail: Pick<MailRecord, "id" | "workspaceId" | "kind" | "to" | "about">): Promise<void>;
  /** Throws `not_found`. */
  find(id: MailId): Promise<MailRecord>;
  /** Notes how a waiting mail came out; one that is settled stays as it is. */
  settle(
    id: MailId,
    outcome: { state: "sent"; providerMailId: string; at: Date } | { state: "rejected"; reason: string; at: Date },
  ): Promise<void>;
}
