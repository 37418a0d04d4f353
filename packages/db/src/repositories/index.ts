import type { Repositories } from "@earwitness/core";
import type { Scope } from "../scope.ts";
import { accountRepository } from "./accounts.ts";
import { answeredRequestRepository } from "./answered-requests.ts";
import { apiKeyRepository } from "./api-keys.ts";
import { auditRepository } from "./audit.ts";
import { callRepository } from "./calls.ts";
import { contactRepository } from "./contacts.ts";
import { cronRunRepository } from "./cron-runs.ts";
import { deadLetterRepository } from "./dead-letters.ts";
import { digestRepository } from "./digests.ts";
import { expiryRepository } from "./expiry.ts";
import { exportRepository } from "./exports.ts";
import { factRepository } from "./facts.ts";
import { holdRepository } from "./holds.ts";
import { idempotencyRepository } from "./idempotency.ts";
import { importRepository } from "./imports.ts";
import { invitationRepository } from "./invitations.ts";
import { jobRepository } from "./jobs.ts";
import { legRepository } from "./legs.ts";
import { liveRepository } from "./live.ts";
import { mailAddressRepository } from "./mail-addresses.ts";
import { mailNoticeRepository } from "./mail-notices.ts";
import { mailRepository } from "./mails.ts";
import { memberRepository } from "./members.ts";
import { noteRepository } from "./notes.ts";
import { noticeRepository } from "./notices.ts";
import { numberRepository } from "./numbers.ts";
import { outboxRepository } from "./outbox.ts";
import { purgeRepository } from "./purges.ts";
import { recordingRepository } from "./recordings.ts";
import { roomRepository } from "./rooms.ts";
import { sessionRepository } from "./sessions.ts";
import { storageCheckRepository } from "./storage-checks.ts";
import { tokenFamilyRepository } from "./token-families.ts";
import { transcriptRepository } from "./transcripts.ts";
import { trashRepository } from "./trash.ts";
import { unroutedCallRepository } from "./unrouted-calls.ts";
import { uploadRepository } from "./uploads.ts";
import { usageRepository } from "./usage.ts";
import { userRepository } from "./users.ts";
import { workspaceRepository } from "./workspaces.ts";

/** Every repository, within one transaction. */
export function createRepositories(scope: Scope): Repositories {
  return {
    users: userRepository(scope),
    accounts: accountRepository(scope),
    sessions: sessionRepository(scope),
    apiKeys: apiKeyRepository(scope),
    tokenFamilies: tokenFamilyRepository(scope),
    workspaces: workspaceRepository(scope),
    members: memberRepository(scope),
    invitations: invitationRepository(scope),
    numbers: numberRepository(scope),
    idempotency: idempotencyRepository(scope),
    answeredRequests: answeredRequestRepository(scope),
    calls: callRepository(scope),
    legs: legRepository(scope),
    rooms: roomRepository(scope),
    facts: factRepository(scope),
    notices: noticeRepository(scope),
    unroutedCalls: unroutedCallRepository(scope),
    live: liveRepository(scope),
    notes: noteRepository(scope),
    recordings: recordingRepository(scope),
    transcripts: transcriptRepository(scope),
    uploads: uploadRepository(scope),
    exports: exportRepository(scope),
    imports: importRepository(scope),
    trash: trashRepository(scope),
    holds: holdRepository(scope),
    purges: purgeRepository(scope),
    storageChecks: storageCheckRepository(scope),
    usage: usageRepository(scope),
    jobs: jobRepository(scope),
    outbox: outboxRepository(scope),
    mails: mailRepository(scope),
    mailAddresses: mailAddressRepository(scope),
    mailNotices: mailNoticeRepository(scope),
    contacts: contactRepository(scope),
    digests: digestRepository(scope),
    deadLetters: deadLetterRepository(scope),
    cronRuns: cronRunRepository(scope),
    expiry: expiryRepository(scope),
    audit: auditRepository(scope),
  };
}
