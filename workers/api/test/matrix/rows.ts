import { newId } from "@earwitness/shared";
import { anUpload, type World } from "./world.ts";

/** What is asked of a route, and how it answers those who may. */
export interface Row {
  /** The body, and what else belongs to the request. Path parameters come from the world by their names. */
  readonly json?: (world: World) => unknown;
  /** What must stand behind the question mark. */
  readonly query?: string;
  readonly headers?: () => Record<string, string>;
  /** The answer to those whom the table of permissions lets pass. */
  readonly allowed: number;
  /** What is about one call: an agent who had nothing to do with it does not find it. */
  readonly ofCall?: true;
  /** It is the owner's alone: the others of the workspace do not find it either. */
  readonly ofOwner?: true;
  /** The answer to another workspace's owner: 404 where the request names a thing of this one, else the usual. */
  readonly foreign?: number;
  /** It takes the thing away that it names: everybody is given one of their own. */
  readonly takes?: true;
  /** Where the verb itself says more than the table. */
  readonly but?: Readonly<Partial<Record<string, number>>>;
}

/** The world has none of it: who may is told so. */
const ABSENT = 404;

/** One row for each route, by its operation. A route without one fails the matrix. */
export const ROWS: Readonly<Record<string, Row>> = {
  listCalls: { allowed: 200 },
  searchCalls: { query: "q=rebate", allowed: 200 },
  placeCall: { json: ({ tenant }) => ({ from: tenant.numberId, to: "+14155550123" }), allowed: 202, foreign: 404 },
  getCall: { allowed: 200, ofCall: true },
  deleteCall: { allowed: 204, ofCall: true, takes: true },
  // It does not lie in the trash.
  restoreCall: { allowed: ABSENT, ofCall: true },
  listTrash: { allowed: 200 },
  // The call has ended, so that it can be neither hung up nor steered.
  hangUpCall: { allowed: 409, ofCall: true },
  steerCall: {
    json: () => ({ action: "hold" }),
    headers: () => ({ "idempotency-key": crypto.randomUUID() }),
    allowed: 409,
    ofCall: true,
  },
  getCallCoverage: { allowed: 200, ofCall: true },
  listCallNotes: { allowed: 200, ofCall: true },
  addCallNote: { json: () => ({ text: "A note" }), allowed: 201, ofCall: true },
  // One's own notes alone, which these are of the owner.
  removeCallNote: {
    allowed: 204,
    ofCall: true,
    takes: true,
    but: { admin: 403, supervisor: 403, "write key": 403 },
  },
  getCallTranscript: { allowed: ABSENT, ofCall: true },
  retryTranscript: { allowed: ABSENT, ofCall: true },
  listCallRecordings: { allowed: 200, ofCall: true },
  getRecordingAudio: { allowed: 200, ofCall: true },
  getRecordingPeaks: { allowed: ABSENT, ofCall: true },
  retryRecording: { allowed: 409, ofCall: true },
  listCallScreenshots: { allowed: 200, ofCall: true },
  getCallScreenshot: { allowed: ABSENT, ofCall: true },
  // A picture of a person, which a key has none of.
  announceUpload: { json: anUpload, allowed: 201, but: { "write key": 403, "other workspace's key": 403 } },
  completeUpload: { json: () => ({ kind: "avatar" }), allowed: 409, ofOwner: true },
  getUpload: { allowed: 200, ofOwner: true },
  createLiveToken: { json: ({ callId }) => ({ callId }), allowed: 201, ofCall: true, foreign: 404 },
  listNumbers: { allowed: 200 },
  syncNumbers: { allowed: 202 },
  updateNumber: { json: () => ({ label: "Front desk" }), allowed: 200 },
  getMe: { allowed: 200 },
  unlinkAccount: { allowed: 204, foreign: 204 },
  updateMe: { json: () => ({ phone: null }), allowed: 200 },
  switchWorkspace: { json: ({ tenant }) => ({ workspaceId: tenant.workspaceId }), allowed: 200, foreign: 404 },
  listSessions: { allowed: 200 },
  endSessions: { allowed: 204 },
  endSession: { allowed: ABSENT },
  getWorkspace: { allowed: 200 },
  updateWorkspace: { json: () => ({}), allowed: 200 },
  getRetentionPreview: { allowed: 200 },
  listHolds: { allowed: 200 },
  placeHold: { json: ({ callId }) => ({ callId, reason: "A lawsuit" }), allowed: 201, foreign: 404 },
  releaseHold: { allowed: 200 },
  getUsage: { query: "from=2026-11-01T00:00:00Z&until=2026-11-21T00:00:00Z", allowed: 200 },
  createWorkspace: { json: () => ({ name: "Another" }), allowed: 201 },
  transferOwnership: { json: () => ({ userId: newId("user") }), allowed: ABSENT },
  listMembers: { allowed: 200 },
  updateMember: { json: () => ({}), allowed: 200 },
  // Everybody may leave; to remove somebody else is for those who manage members.
  removeMember: { allowed: 204, takes: true, but: { supervisor: 403, agent: 403, viewer: 403 } },
  getUserAvatar: { allowed: ABSENT },
  listInvitations: { allowed: 200 },
  createInvitation: { json: () => ({ email: `${crypto.randomUUID()}@tenant.example`, role: "viewer" }), allowed: 201 },
  revokeInvitation: { allowed: 204, takes: true },
  previewInvitation: { json: () => ({ token: "0".repeat(64) }), allowed: 404 },
  acceptInvitation: { json: () => ({ token: "0".repeat(64) }), allowed: 404 },
  // These ask nobody who they are.
  openUnsubscribe: { query: "token=none", allowed: 303 },
  unsubscribe: { query: "token=none", allowed: ABSENT },
  getContactForm: { allowed: 200 },
  sendContact: { json: () => ({ name: "Ana", email: "ana@visitor.example", text: "Hello" }), allowed: 202 },
  getContactStatus: { query: "token=none", allowed: ABSENT },
  listApiKeys: { allowed: 200 },
  createApiKey: { json: () => ({ name: "Key" }), allowed: 201 },
  revokeApiKey: { allowed: 204, takes: true },
  exchangeKey: { json: () => ({}), allowed: 201, but: { "access token": 403 } },
  refreshTokens: { json: () => ({ refreshToken: "0".repeat(64) }), allowed: 401 },
  revokeTokens: { allowed: ABSENT },
  makeExport: { json: () => ({ kind: "calls", format: "csv" }), allowed: 202 },
  listExports: { allowed: 200 },
  getExport: { allowed: 200 },
  // Nobody has written it yet.
  downloadExport: { allowed: 409 },
  cancelExport: { allowed: 200 },
  // There is nothing in the folder.
  startImport: { json: () => ({ prefix: "empty" }), allowed: ABSENT },
  listImports: { allowed: 200 },
  getImport: { allowed: 200 },
  getAudit: { allowed: 200 },
  exportAudit: { allowed: 200 },
  getChecks: { allowed: 200 },
  listJobs: { allowed: 200 },
  // Nobody's, as the ids of the next ones.
  getJob: { allowed: ABSENT },
  cancelJob: { allowed: ABSENT },
  runJobsAgain: { json: () => ({ kind: "numbers.sync" }), allowed: 200 },
  dismissJobs: { json: () => ({ kind: "numbers.sync" }), allowed: 200 },
  sendDeadMessagesAgain: { json: () => ({ messageIds: [newId("request")] }), allowed: 200 },
  dismissDeadMessages: { json: () => ({ messageIds: [newId("request")] }), allowed: 200 },
  listCallNotices: { allowed: 200 },
  // The call was never spoken.
  applyNoticeAgain: { allowed: ABSENT },
  listNobodysNotices: { allowed: 200 },
  // Nobody has told anything.
  applyNobodysNoticeAgain: { allowed: ABSENT },
  getOps: { allowed: 200 },
  // The schedule is the deployment's, and no workspace's thing.
  runCron: { allowed: 202, foreign: 202 },
};
