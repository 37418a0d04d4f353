import type { NumberId, Role, UserId, WorkspaceId } from "@earwitness/shared";
import type { RetentionRules } from "./lifecycle.ts";

/** What of a workspace its people may change. */
export interface WorkspaceSettings {
  readonly name: string;
  /** Otherwise an agent sees the calls that are theirs. */
  readonly agentsSeeAllCalls: boolean;
  /** What new numbers begin with; null: the least that consent to a recording needs. */
  readonly announcement: string | null;
  /** BCP 47; what new numbers begin with. */
  readonly language: string | null;
  /** For every number, besides its own. */
  readonly keyTerms: readonly string[];
  /** For how many days each kind of data is kept. */
  readonly retention: RetentionRules;
  /** Those of recordings once more, for who knows of no other rule. */
  readonly retentionDays: number | null;
  /** Of pages that may call the API with a key or token. */
  readonly allowedOrigins: readonly string[];
}

/** A workspace with its settings. `version` rises with each change of them. */
export interface WorkspaceRecord extends WorkspaceSettings {
  readonly id: WorkspaceId;
  readonly createdAt: Date;
  readonly version: number;
}

/** What is left out stays. */
export type WorkspaceChanges = { readonly [K in keyof WorkspaceSettings]?: WorkspaceSettings[K] | undefined };

export interface WorkspaceRepository {
  add(workspace: { id: WorkspaceId; name: string }): Promise<void>;
  exists(id: WorkspaceId): Promise<boolean>;
  /** Throws `not_found`. */
  find(id: WorkspaceId): Promise<WorkspaceRecord>;
  /** Holds the workspace until the transaction ends: who changes who is in it waits for who does already. Throws `not_found`. */
  lock(id: WorkspaceId): Promise<void>;
  /** Changes settings and raises the version; null, changing nothing, when it is not at `expectedVersion` any more. */
  change(id: WorkspaceId, expectedVersion: number, changes: WorkspaceChanges): Promise<WorkspaceRecord | null>;
  /** Whether there is none at all. Then it also keeps others from adding one until the transaction ends. */
  noneYet(): Promise<boolean>;
  /** Gives the phone that it was. */
  setPhone(member: { workspaceId: WorkspaceId; userId: UserId }, phone: string | null): Promise<string | null>;
  addMember(member: { workspaceId: WorkspaceId; userId: UserId; role: Role }): Promise<void>;
}

/** One of our phone numbers with its settings. `version` rises with each change of them. */
export interface NumberRecord {
  readonly id: NumberId;
  readonly workspaceId: WorkspaceId;
  readonly e164: string;
  readonly carrierNumberId: string | null;
  readonly label: string | null;
  readonly announcement: string | null;
  readonly recordInbound: boolean;
  readonly recordOutbound: boolean;
  readonly language: string | null;
  readonly keyTerms: readonly string[];
  readonly deleteCarrierCopy: boolean;
  /** Whether what is said is shown while it is said; needs that the call is recorded. */
  readonly liveCaptions: boolean;
  readonly version: number;
  /** The version that lies in KV, where rooms read it; null before the first. */
  readonly publishedVersion: number | null;
}

/** What of a number a person may change. */
export type NumberSettings = Pick<
  NumberRecord,
  | "label"
  | "announcement"
  | "recordInbound"
  | "recordOutbound"
  | "language"
  | "keyTerms"
  | "deleteCarrierCopy"
  | "liveCaptions"
>;

/** What is left out stays. */
export type NumberChanges = { readonly [K in keyof NumberSettings]?: NumberSettings[K] | undefined };

export interface NumberRepository {
  /** Throws `not_found`. */
  find(id: NumberId): Promise<NumberRecord>;
  /** All of the workspace's. */
  idsOf(workspaceId: WorkspaceId): Promise<NumberId[]>;
  /** Of whichever workspace: a number belongs to one at most. */
  byE164(e164: string): Promise<NumberRecord | null>;
  /** Takes the number for its workspace; false, changing nothing, when a workspace has it. */
  claim(number: Omit<NumberRecord, "version" | "publishedVersion">): Promise<boolean>;
  /** Changes settings and raises the version; null, changing nothing, when it is not at `expectedVersion` any more. */
  change(id: NumberId, expectedVersion: number, changes: NumberChanges): Promise<NumberRecord | null>;
  /** Never lowers it: an older publication that comes late says nothing new. */
  markPublished(id: NumberId, version: number): Promise<void>;
}

/** What Idempotency-Keys of the actor's workspace stand for, for a day. */
export interface IdempotencyRepository {
  /** Keeps the entry under the key; "kept", or the entry of an earlier request with the key, and then nothing is changed. */
  keep(key: string, entry: IdempotencyEntry): Promise<"kept" | IdempotencyEntry>;
}

export interface IdempotencyEntry {
  readonly requestSha256: string;
  /** What the request is about to cause, settled before it is caused. */
  readonly body: unknown;
}
