import { z } from "zod";
import { NumberId, UserId } from "../ids.ts";
import { Instant } from "./call.ts";
import { Role } from "./permission.ts";

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
    version: z.int().describe("Rises with each change of role, suspension or numbers"),
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
