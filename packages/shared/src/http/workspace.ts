import { z } from "zod";
import { WorkspaceId } from "../ids.ts";
import { Instant } from "./call.ts";
import { Role } from "./permission.ts";
import { RetentionView, UpdateRetention } from "./retention.ts";

/** One of the workspaces that a person belongs to. */
export const WorkspaceChoice = z
  .object({ id: WorkspaceId, name: z.string(), role: Role, isCurrent: z.boolean() })
  .meta({ id: "WorkspaceChoice" });
export type WorkspaceChoice = z.infer<typeof WorkspaceChoice>;

export const SwitchWorkspace = z.object({ workspaceId: WorkspaceId }).meta({ id: "SwitchWorkspace" });
export const CreateWorkspace = z.object({ name: z.string().trim().min(1).max(80) }).meta({ id: "CreateWorkspace" });

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
    retentionDays: z.int().nullable().describe("`retention.recordings`, by its older name"),
    retention: RetentionView.describe(
      "For how many days each kind of data is kept; what is older is purged each night",
    ),
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
    retentionDays: z.int().min(1).max(3650).nullable().optional().describe("For recordings and transcripts both"),
    retention: UpdateRetention.strict().optional(),
    allowedOrigins: z.array(z.string().max(260)).max(20).optional(),
  })
  .meta({ id: "UpdateWorkspace" });
export type UpdateWorkspace = z.infer<typeof UpdateWorkspace>;
