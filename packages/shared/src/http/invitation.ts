import { z } from "zod";
import { InvitationId, JobId } from "../ids.ts";
import { Instant } from "./call.ts";
import { Role } from "./permission.ts";

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
/** As it is made, with the job that mails it. */
export const CreatedInvitation = InvitationView.extend({ jobId: JobId }).meta({ id: "CreatedInvitation" });
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
