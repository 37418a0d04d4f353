import type {
  CallId,
  Id,
  JobId,
  JobState,
  JobView,
  LiveNews,
  NumberId,
  PickDeadMessages,
  PickJobs,
  VendorAnswer,
  WorkspaceId,
} from "@earwitness/shared";
import type { JobKind, JobPayload, QueueName } from "../../job/job.ts";

export interface NewJob<K extends JobKind = JobKind> {
  /** Null for work that is nobody's yet: a mail to somebody who is in no workspace. */
  readonly workspaceId: WorkspaceId | null;
  readonly kind: K;
  /** The same wish asked twice has the same key, and is one job. */
  readonly key: string;
  readonly payload: JobPayload<K>;
  /** The call that it is about, where it is about one. */
  readonly callId?: CallId | null;
  /** The person or key that asked for it; left out for whoever acts in the transaction, and none where that is the system. */
  readonly requestedBy?: string | null;
}

export interface JobRecord {
  readonly id: JobId;
  readonly workspaceId: WorkspaceId | null;
  readonly kind: JobKind;
  readonly payload: unknown;
  readonly state: JobState;
  /** How often it was begun; names the present attempt of a running job. */
  readonly attempts: number;
  readonly runAfter: Date;
  readonly leasedUntil: Date | null;
  /** When the present or last attempt was begun: with its number, what tells it from any other. */
  readonly startedAt: Date | null;
  readonly callId: CallId | null;
  /** The person or key that asked for it; null for what follows by itself. */
  readonly requestedBy: string | null;
  /** It is to end at its next step. */
  readonly cancelRequestedAt: Date | null;
}

/** How far a job is. */
export type JobProgress = NonNullable<JobView["progress"]>;

/** Whether an attempt is still ours, and may go on. `cancelling`: it is, and must end. */
export type JobHold = "ours" | "cancelling" | "lost";

/** Why an attempt came to nothing. */
export interface JobError {
  readonly attempt: number;
  readonly code: string;
  readonly message: string;
  readonly at: string;
  readonly vendor: VendorAnswer | null;
}

export interface JobRepository {
  /** Adds it with the outbox row that puts it on its queue. Returns the id, that of the first one where the key is taken. */
  add<K extends JobKind>(job: NewJob<K>): Promise<JobId>;
  /** Notes that a message for each was put on its queue. */
  markEnqueued(ids: readonly JobId[], at: Date): Promise<void>;
  /** Begins an attempt where one is due, its kind is known and nobody holds it, until `leasedUntil`; null otherwise. */
  lease(id: JobId, options: { now: Date; leasedUntil: Date }): Promise<JobRecord | null>;
  /** Holds an attempt for longer. */
  renew(job: JobRecord, leasedUntil: Date): Promise<JobHold>;
  noteProgress(job: JobRecord, progress: JobProgress): Promise<JobHold>;
  look(job: JobRecord): Promise<JobHold>;
  /** These end an attempt; false, changing nothing, when it is not ours any more. */
  finish(job: JobRecord, at: Date): Promise<boolean>;
  /** The next attempt is due at once and is the first again: this one got on. */
  goOn(job: JobRecord, at: Date): Promise<boolean>;
  endCancelled(job: JobRecord, at: Date): Promise<boolean>;
  /** The attempt never was: nothing was tried, and it is due again at `runAfter`. */
  giveBack(job: JobRecord, runAfter: Date): Promise<boolean>;
  /** These keep why the attempt failed besides. */
  retryLater(job: JobRecord, runAfter: Date, error: JobError): Promise<boolean>;
  bury(job: JobRecord, error: JobError): Promise<boolean>;
  /** One that is sought by somebody who wants to change it, held until the transaction ends. Throws `not_found`. */
  lock(id: JobId): Promise<JobRecord>;
  /** Has the attempt that runs end at its next step. */
  requestCancel(job: JobRecord, at: Date): Promise<void>;
  /** Ends a job that waits. */
  cancelWaiting(job: JobRecord, at: Date): Promise<void>;
  /** Which jobs are dead of those picked, oldest first. These four take the actor's workspace's; as the system, those of no workspace alone. */
  dead(pick: PickJobs, limit: number): Promise<JobId[]>;
  /** Those of them that are still dead, held until the transaction ends. */
  lockDead(ids: readonly JobId[]): Promise<JobRecord[]>;
  /** Has dead jobs begin anew, due at once, with the outbox rows that put them on their queues. */
  reopen(jobs: readonly JobRecord[], at: Date): Promise<void>;
  /** Notes that somebody has seen dead jobs and leaves them so. Returns which. */
  dismiss(pick: PickJobs, at: Date): Promise<JobId[]>;
  /** Due jobs that nobody holds and whose message is old or was never sent; marks them as sent now. */
  claimForgotten(options: {
    now: Date;
    enqueuedBefore: Date;
    limit: number;
  }): Promise<{ id: JobId; queue: QueueName }[]>;
}

/** An effect that is committed with the state that causes it. */
export type OutboxEffect =
  | { readonly kind: "job"; readonly jobId: JobId; readonly queue: QueueName }
  | { readonly kind: "live"; readonly news: LiveNews }
  | { readonly kind: "routing"; readonly numberId: NumberId }
  | { readonly kind: "session_closed"; readonly sessionId: string }
  | { readonly kind: "session_renewed"; readonly sessionId: string };

export interface OutboxRow {
  readonly id: Id<"outbox">;
  /** Null only for a job that is nobody's yet. */
  readonly workspaceId: WorkspaceId | null;
  /** null for a row that nobody can read. */
  readonly effect: OutboxEffect | null;
  readonly attempts: number;
}

export interface OutboxRepository {
  /** Tells browsers of the workspace that the call changed. */
  tellCall(
    workspaceId: WorkspaceId,
    callId: CallId,
    entity?: "call" | "transcript" | "recording" | "note",
  ): Promise<void>;
  /** Tells browsers that a job of the workspace was begun, got on, or ended. */
  tellJob(workspaceId: WorkspaceId): Promise<void>;
  /** Tells browsers that the workspace's numbers changed. */
  tellNumbers(workspaceId: WorkspaceId): Promise<void>;
  /** Tells browsers that the workspace's settings or members changed, what those who listen may do (`me`), or its files got on. */
  tellWorkspace(workspaceId: WorkspaceId, entity?: "workspace" | "me" | "export" | "import"): Promise<void>;
  /** Closes the live sockets of a session or key that is no more. */
  closeSession(workspaceId: WorkspaceId, sessionId: string): Promise<void>;
  /** Closes the live sockets of a session whose owner may something else in the workspace from now on: they come back. */
  renewSession(workspaceId: WorkspaceId, sessionId: string): Promise<void>;
  /** Publishes the number's settings to where rooms read them. */
  publishNumber(workspaceId: WorkspaceId, numberId: NumberId): Promise<void>;
  /**
   * Takes due rows, oldest first, and hides them from others until `hiddenUntil`. News of a call whose older news is in another's
   * hands, be their claim committed or not, or put off, is left until that is out.
   */
  claim(options: { now: Date; hiddenUntil: Date; limit: number }): Promise<OutboxRow[]>;
  remove(ids: readonly Id<"outbox">[]): Promise<void>;
  /** When the next row may be claimed; null where there is none. */
  nextDue(): Promise<Date | null>;
  postpone(ids: readonly Id<"outbox">[], until: Date, error: string): Promise<void>;
}

/** What a queue gave up. */
export interface DeadLetter {
  readonly id: string;
  readonly queue: string;
  readonly body: unknown;
}

export interface DeadLetterRepository {
  /** Keeps what a queue gave up, once. */
  keep(letter: { id: string; queue: string; body: unknown; reason: string }): Promise<void>;
  /** Those picked that were not sent again, oldest first, `limit` at most; dismissed ones only by their ids. */
  open(pick: PickDeadMessages, limit: number): Promise<DeadLetter[]>;
  markSentAgain(ids: readonly string[], at: Date): Promise<void>;
  /** Notes that somebody has seen those picked, and leaves them so. Returns which of them nobody had dealt with before. */
  dismiss(pick: PickDeadMessages, at: Date): Promise<string[]>;
}
