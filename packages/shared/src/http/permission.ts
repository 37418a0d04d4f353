import { z } from "zod";

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
    "calls:delete",
    "holds:manage",
    "exports:make",
    "imports:run",
    "jobs:read",
    "jobs:cancel",
    "ops:read",
    "ops:act",
    "me:read",
    "me:change",
  ])
  .meta({ id: "Action" });
export type Action = z.infer<typeof Action>;
