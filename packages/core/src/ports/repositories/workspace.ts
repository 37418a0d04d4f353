import type { NumberId, UserId, WorkspaceId } from "@earwitness/shared";
import type { Role } from "../../context.ts";

export interface WorkspaceRepository {
  add(workspace: { id: WorkspaceId; name: string }): Promise<void>;
  exists(id: WorkspaceId): Promise<boolean>;
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
  readonly version: number;
  /** The version that lies in KV, where rooms read it; null before the first. */
  readonly publishedVersion: number | null;
}

/** What of a number a person may change. */
export type NumberSettings = Pick<
  NumberRecord,
  "label" | "announcement" | "recordInbound" | "recordOutbound" | "language" | "keyTerms" | "deleteCarrierCopy"
>;

export interface NumberRepository {
  /** Throws `not_found`. */
  find(id: NumberId): Promise<NumberRecord>;
  /** Of whichever workspace: a number belongs to one at most. */
  byE164(e164: string): Promise<NumberRecord | null>;
  /** Takes the number for its workspace; false, changing nothing, when a workspace has it. */
  claim(number: Omit<NumberRecord, "version" | "publishedVersion">): Promise<boolean>;
  /** Changes settings and raises the version; null, changing nothing, when it is not at `expectedVersion` any more. */
  change(id: NumberId, expectedVersion: number, changes: Partial<NumberSettings>): Promise<NumberRecord | null>;
  /** Never lowers it: an older publication that comes late says nothing new. */
  markPublished(id: NumberId, version: number): Promise<void>;
}

/** The answers to requests that carried an Idempotency-Key. */
export interface IdempotencyRepository {
  /** Claims the key for this request: `claimed`, or what the first request with the key left. */
  claim(key: string, requestSha256: string): Promise<"claimed" | IdempotentAnswer>;
  answer(key: string, status: number, body: unknown): Promise<void>;
  /** Gives the key back after a request that failed without effect. */
  release(key: string): Promise<void>;
}

export interface IdempotentAnswer {
  readonly requestSha256: string;
  /** null while the first request runs. */
  readonly status: number | null;
  readonly body: unknown;
}
