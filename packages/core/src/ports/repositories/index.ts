import type { AccountRepository } from "./account.ts";
import type { AuditRepository } from "./audit.ts";
import type { CronRunRepository } from "./cron.ts";
import type { DigestRepository } from "./digest.ts";
import type { ExpiryRepository } from "./expiry.ts";
import type { ApiKeyRepository, SessionRepository, TokenFamilyRepository, UserRepository } from "./identity.ts";
import type { InvitationRepository } from "./invitation.ts";
import type { HoldRepository, PurgeRepository, TrashRepository } from "./lifecycle.ts";
import type { LiveRepository } from "./live.ts";
import type { ContactRepository, MailAddressRepository, MailNoticeRepository, MailRepository } from "./mail.ts";
import type { MemberRepository } from "./member.ts";
import type { NoteRepository } from "./note.ts";
import type { RecordingRepository, TranscriptRepository } from "./recording.ts";
import type { AnsweredRequestRepository } from "./request.ts";
import type { StorageCheckRepository } from "./storage-check.ts";
import type {
  CallRepository,
  FactRepository,
  LegRepository,
  NoticeRepository,
  RoomRepository,
  UnroutedCallRepository,
} from "./telephony.ts";
import type { ExportRepository, ImportRepository } from "./transfer.ts";
import type { UploadRepository } from "./upload.ts";
import type { UsageRepository } from "./usage.ts";
import type { DeadLetterRepository, JobRepository, OutboxRepository } from "./work.ts";
import type { IdempotencyRepository, NumberRepository, WorkspaceRepository } from "./workspace.ts";

export type * from "./account.ts";
export type * from "./audit.ts";
export type * from "./cron.ts";
export type * from "./digest.ts";
export type * from "./expiry.ts";
export type * from "./identity.ts";
export type * from "./invitation.ts";
export type * from "./lifecycle.ts";
export type * from "./live.ts";
export type * from "./mail.ts";
export type * from "./member.ts";
export type * from "./note.ts";
export type * from "./recording.ts";
export type * from "./request.ts";
export type * from "./storage-check.ts";
export type * from "./telephony.ts";
export type * from "./transfer.ts";
export type * from "./upload.ts";
export type * from "./usage.ts";
export type * from "./work.ts";
export type * from "./workspace.ts";

/**
 * What one transaction can read for a decision and write. Each repository sees the rows of its actor's workspace only, all of
 * them for the system; what it is asked for by id and does not see is `not_found`. Screens read through `db/queries` instead.
 */
export interface Repositories {
  readonly users: UserRepository;
  readonly accounts: AccountRepository;
  readonly sessions: SessionRepository;
  readonly apiKeys: ApiKeyRepository;
  readonly tokenFamilies: TokenFamilyRepository;
  readonly workspaces: WorkspaceRepository;
  readonly members: MemberRepository;
  readonly invitations: InvitationRepository;
  readonly numbers: NumberRepository;
  readonly idempotency: IdempotencyRepository;
  readonly answeredRequests: AnsweredRequestRepository;
  readonly calls: CallRepository;
  readonly legs: LegRepository;
  readonly rooms: RoomRepository;
  readonly facts: FactRepository;
  readonly notices: NoticeRepository;
  readonly unroutedCalls: UnroutedCallRepository;
  readonly live: LiveRepository;
  readonly notes: NoteRepository;
  readonly recordings: RecordingRepository;
  readonly transcripts: TranscriptRepository;
  readonly uploads: UploadRepository;
  readonly exports: ExportRepository;
  readonly imports: ImportRepository;
  readonly trash: TrashRepository;
  readonly holds: HoldRepository;
  readonly purges: PurgeRepository;
  readonly storageChecks: StorageCheckRepository;
  readonly usage: UsageRepository;
  readonly jobs: JobRepository;
  readonly outbox: OutboxRepository;
  readonly mails: MailRepository;
  readonly mailAddresses: MailAddressRepository;
  readonly mailNotices: MailNoticeRepository;
  readonly contacts: ContactRepository;
  readonly digests: DigestRepository;
  readonly deadLetters: DeadLetterRepository;
  readonly cronRuns: CronRunRepository;
  readonly expiry: ExpiryRepository;
  readonly audit: AuditRepository;
}
