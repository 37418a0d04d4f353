import { z } from "zod";
import { ApiKeyId, InvitationId, NumberId, SessionId, TokenFamilyId, UserId, WorkspaceId } from "../ids.ts";
import { Instant } from "./call.ts";

/** What a person is in a workspace, most may first. */
export const Role = z.enum(["owner", "admin", "supervisor", "agent", "viewer"]).meta({ id: "Role" });
export type Role = z.infer<typeof Role>;

/**
 * Everything that can be allowed or refused. Who may what is one table (core/identity/permissions); a screen asks `MeView.may`
 * and never compares roles.
 */
export const Action = z
  .enum([
    "calls:read",
    "calls:place",
    "calls:hangup",
    "calls:steer",
    "calls:listen",
    "notes:write",
    "recordings:retry",
    "transcripts:retry",
    "numbers:read",
    "numbers:change",
    "checks:run",
    "members:read",
    "members:manage",
    "owners:manage",
    "workspace:read",
    "workspace:change",
    "workspaces:create",
    "api-keys:manage",
    "tokens:exchange",
    "audit:read",
    "uploads:write",
    "me:read",
    "me:change",
  ])
  .meta({ id: "Action" });
export type Action = z.infer<typeof Action>;

/** One of the workspaces that a person belongs to. */
export const WorkspaceChoice = z
  .object({ id: WorkspaceId, name: z.string(), role: Role, isCurrent: z.boolean() })
  .meta({ id: "WorkspaceChoice" });
export type WorkspaceChoice = z.infer<typeof WorkspaceChoice>;

/** Who is signed in, where, and what they may there. */
export const MeView = z
  .object({
    user: z.object({
      id: UserId,
      email: z.string(),
      name: z.string().nullable(),
      phone: z.string().nullable(),
      avatarUrl: z.string().nullable().describe("An address of this API; null shows initials"),
      accounts: z.array(z.object({ provider: z.enum(["google", "github"]), linkedAt: Instant })),
    }),
    workspace: z.object({ id: WorkspaceId, name: z.string(), createdAt: Instant }),
    role: Role,
    may: z.array(Action).describe("What this person may do in this workspace"),
    workspaces: z.array(WorkspaceChoice),
    sessionId: SessionId,
  })
  .meta({ id: "MeView" });
export type MeView = z.infer<typeof MeView>;

export const SwitchWorkspace = z.object({ workspaceId: WorkspaceId }).meta({ id: "SwitchWorkspace" });
export const CreateWorkspace = z.object({ name: z.string().trim().min(1).max(80) }).meta({ id: "CreateWorkspace" });

/** A browser in which somebody is signed in. */
export const SessionView = z
  .object({
    id: SessionId,
    isCurrent: z.boolean(),
    method: z.enum(["email", "google", "github"]).nullable(),
    userAgent: z.string().nullable(),
    ipAddress: z.string().nullable(),
    createdAt: Instant,
    lastSeenAt: Instant.nullable(),
    expiresAt: Instant,
  })
  .meta({ id: "SessionView" });
export type SessionView = z.infer<typeof SessionView>;
export const SessionList = z.object({ sessions: z.array(SessionView) }).meta({ id: "SessionList" });

/** Somebody of the workspace. */
export const MemberView = z
  .object({
    id: UserId,
    name: z.string().nullable(),
    email: z.string(),
    avatarUrl: z.string().nullable().describe("An address of this API; null shows initials"),
    role: Role,
    phone: z.string().nullable().describe("Where a call is transferred to that is meant for this person"),
    joinedAt: Instant,
    suspendedAt: Instant.nullable().describe("Keeps its place and may do nothing while it is set"),
    numberIds: z.array(NumberId).describe("The numbers whose calls this person sees as an agent"),
  })
  .meta({ id: "MemberView" });
export type MemberView = z.infer<typeof MemberView>;
export const MemberList = z.object({ members: z.array(MemberView) }).meta({ id: "MemberList" });
export type MemberList = z.infer<typeof MemberList>;

/** What is left out stays. */
export const UpdateMember = z
  .object({
    role: Role.optional(),
    suspended: z.boolean().optional(),
    numberIds: z.array(NumberId).max(500).optional(),
  })
  .meta({ id: "UpdateMember" });
export type UpdateMember = z.infer<typeof UpdateMember>;

export const TransferOwnership = z.object({ userId: UserId }).meta({ id: "TransferOwnership" });

/** A place in the workspace that waits for somebody. */
export const InvitationView = z
  .object({
    id: InvitationId,
    email: z.string(),
    role: Role,
    invitedBy: z.string().nullable(),
    createdAt: Instant,
    expiresAt: Instant,
    state: z.enum(["waiting", "accepted", "expired", "revoked"]),
  })
  .meta({ id: "InvitationView" });
export type InvitationView = z.infer<typeof InvitationView>;
export const InvitationList = z.object({ invitations: z.array(InvitationView) }).meta({ id: "InvitationList" });
export const CreateInvitation = z
  .object({ email: z.email().max(254), role: Role.exclude(["owner"]) })
  .meta({ id: "CreateInvitation" });
export const InvitationToken = z.object({ token: z.string().min(16).max(200) }).meta({ id: "InvitationToken" });
/** What an invitation says to who holds it, before they are signed in. */
export const InvitationPreview = z
  .object({
    workspaceName: z.string(),
    role: Role,
    email: z.string(),
    invitedBy: z.string().nullable(),
    expiresAt: Instant,
  })
  .meta({ id: "InvitationPreview" });
export type InvitationPreview = z.infer<typeof InvitationPreview>;

/** The workspace's own settings. */
export const WorkspaceView = z
  .object({
    id: WorkspaceId,
    name: z.string(),
    createdAt: Instant,
    agentsSeeAllCalls: z.boolean(),
    announcement: z.string().nullable().describe("What new numbers begin with"),
    language: z.string().nullable().describe("BCP 47; what new numbers begin with"),
    keyTerms: z.array(z.string()).describe("Words of the trade, for every number besides its own"),
    retentionDays: z
      .int()
      .nullable()
      .describe("After so many days recordings and transcripts are deleted; null keeps them"),
    allowedOrigins: z.array(z.string()).describe("Origins of pages that may call this API with a key or token"),
    version: z.int(),
  })
  .meta({ id: "WorkspaceView" });
export type WorkspaceView = z.infer<typeof WorkspaceView>;
/** What is left out stays. */
export const UpdateWorkspace = z
  .object({
    name: z.string().trim().min(1).max(80).optional(),
    agentsSeeAllCalls: z.boolean().optional(),
    announcement: z.string().max(1000).nullable().optional(),
    language: z.string().max(35).nullable().optional(),
    keyTerms: z.array(z.string().min(1).max(100)).max(100).optional(),
    retentionDays: z.int().min(1).max(3650).nullable().optional(),
    allowedOrigins: z.array(z.string().max(260)).max(20).optional(),
  })
  .meta({ id: "UpdateWorkspace" });
export type UpdateWorkspace = z.infer<typeof UpdateWorkspace>;

export const ApiKeyScope = z.enum(["read", "write"]);
export const ApiKeyView = z
  .object({
    id: ApiKeyId,
    name: z.string(),
    prefix: z.string().describe("The first characters, to tell keys apart"),
    scope: ApiKeyScope,
    createdAt: Instant,
    expiresAt: Instant.nullable(),
    lastUsedAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: "ApiKeyView" });
export type ApiKeyView = z.infer<typeof ApiKeyView>;
export const ApiKeyList = z.object({ apiKeys: z.array(ApiKeyView) }).meta({ id: "ApiKeyList" });
export const CreateApiKey = z
  .object({
    name: z.string().trim().min(1).max(80),
    scope: ApiKeyScope.default("read"),
    expiresInDays: z.int().min(1).max(366).nullable().default(null).describe("null: until it is revoked"),
  })
  .meta({ id: "CreateApiKey" });
export const CreatedApiKey = ApiKeyView.extend({
  key: z.string().describe("The key itself: shown once, never stored"),
}).meta({ id: "CreatedApiKey" });

/** What a key is exchanged for: a token that lives minutes, and one that gets the next. */
export const TokenPair = z
  .object({
    familyId: TokenFamilyId,
    accessToken: z.string().describe("Send it as Bearer; good for minutes, and only while the key is"),
    accessExpiresAt: Instant,
    refreshToken: z.string().describe("Good once. One that is used twice ends every token of its family"),
    refreshExpiresAt: Instant,
  })
  .meta({ id: "TokenPair" });
export type TokenPair = z.infer<typeof TokenPair>;
export const ExchangeKey = z
  .object({ scope: ApiKeyScope.optional().describe("At most the key's own") })
  .meta({ id: "ExchangeKey" });
export const RefreshTokens = z.object({ refreshToken: z.string().min(16).max(200) }).meta({ id: "RefreshTokens" });
