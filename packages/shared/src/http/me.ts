import { z } from "zod";
import { SessionId, UserId, WorkspaceId } from "../ids.ts";
import { AccountProvider } from "./account.ts";
import { Instant } from "./call.ts";
import { Action, Role } from "./permission.ts";
import { WorkspaceChoice } from "./workspace.ts";

/** Who is signed in, where, and what they may there. */
export const MeView = z
  .object({
    user: z.object({
      id: UserId,
      email: z.string(),
      name: z.string().nullable(),
      phone: z.string().nullable(),
      mails: z
        .object({ digest: z.boolean(), exportReady: z.boolean() })
        .describe("Which of the mails that nobody asks for come, from every workspace"),
      avatarUrl: z.string().nullable().describe("An address of this API; null shows initials"),
      accounts: z.array(z.object({ provider: AccountProvider, linkedAt: Instant })),
    }),
    workspace: z.object({ id: WorkspaceId, name: z.string(), createdAt: Instant }),
    role: Role,
    may: z.array(Action).describe("What this person may do in this workspace"),
    workspaces: z.array(WorkspaceChoice),
    sessionId: SessionId,
  })
  .meta({ id: "MeView" });
export type MeView = z.infer<typeof MeView>;

export const UpdateMe = z
  .object({
    phone: z
      .string()
      .max(64)
      .nullable()
      .describe("Where calls meant for oneself are transferred to; with country code")
      .optional(),
    mails: z.strictObject({ digest: z.boolean().optional(), exportReady: z.boolean().optional() }).optional(),
  })
  .meta({ id: "UpdateMe" });
export type UpdateMe = z.infer<typeof UpdateMe>;
