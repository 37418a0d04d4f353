import { Action, EarwitnessError, type Role } from "@earwitness/shared";
import type { ApiKeyActor, Context, UserActor, WorkspaceActor } from "../context.ts";

type Scope = ApiKeyActor["scope"];

const EVERYONE: readonly Role[] = ["owner", "admin", "supervisor", "agent", "viewer"];
const SPEAKERS: readonly Role[] = ["owner", "admin", "supervisor", "agent"];
const SUPERVISORS: readonly Role[] = ["owner", "admin", "supervisor"];
const ADMINS: readonly Role[] = ["owner", "admin"];
const OWNERS: readonly Role[] = ["owner"];

/**
 * Who may do what: which roles of the workspace, and which scope an API key needs. `scope: null` is for people alone: a key
 * must not make keys, and has no name to show.
 */
export const PERMISSIONS = {
  "calls:read": { roles: EVERYONE, scope: "read" },
  "calls:place": { roles: SPEAKERS, scope: "write" },
  "calls:hangup": { roles: SPEAKERS, scope: "write" },
  "calls:steer": { roles: SPEAKERS, scope: "write" },
  "calls:listen": { roles: SPEAKERS, scope: "read" },
  "notes:write": { roles: SPEAKERS, scope: "write" },
  "recordings:retry": { roles: SPEAKERS, scope: "write" },
  "transcripts:retry": { roles: SPEAKERS, scope: "write" },
  "numbers:read": { roles: EVERYONE, scope: "read" },
  "numbers:change": { roles: ADMINS, scope: "write" },
  "checks:run": { roles: EVERYONE, scope: "read" },
  "members:read": { roles: EVERYONE, scope: "read" },
  "members:manage": { roles: ADMINS, scope: null },
  /** To make somebody an owner, or to change or remove one. */
  "owners:manage": { roles: OWNERS, scope: null },
  "workspace:read": { roles: EVERYONE, scope: "read" },
  "workspace:change": { roles: ADMINS, scope: null },
  /** Who owns a workspace may take those of the carrier's numbers for it that nobody has yet: who may not do so here must not there. */
  "workspaces:create": { roles: ADMINS, scope: null },
  "api-keys:manage": { roles: ADMINS, scope: null },
  /** Keys exchange themselves for short-lived tokens; a person's browser has its session. */
  "tokens:exchange": { roles: [], scope: "read" },
  "audit:read": { roles: ADMINS, scope: null },
  "uploads:write": { roles: SPEAKERS, scope: "write" },
  /** Into the trash, and back out of it. */
  "calls:delete": { roles: ADMINS, scope: "write" },
  "holds:manage": { roles: ADMINS, scope: null },
  "exports:make": { roles: SUPERVISORS, scope: "write" },
  "imports:run": { roles: ADMINS, scope: "write" },
  /** Those that one has started oneself; with `ops:read`, all of the workspace's, and dead ones of none. */
  "jobs:read": { roles: EVERYONE, scope: "read" },
  /** Those that one has started oneself; with `ops:act`, all of the workspace's. */
  "jobs:cancel": { roles: SPEAKERS, scope: "write" },
  "ops:read": { roles: ADMINS, scope: "read" },
  "ops:act": { roles: ADMINS, scope: "write" },
  "me:read": { roles: EVERYONE, scope: null },
  "me:change": { roles: EVERYONE, scope: null },
} as const satisfies Record<Action, { roles: readonly Role[]; scope: Scope | null }>;

/** Lets the actor pass, or throws `forbidden` that says what is missing. */
export function authorize(actor: WorkspaceActor, action: Action): void {
  if (isAllowed(actor, action)) return;
  if (actor.kind === "user") {
    throw new EarwitnessError(
      "forbidden",
      `Your role in this workspace, ${actor.role}, does not allow it. Ask an owner or an admin.`,
    );
  }
  if (PERMISSIONS[action].scope === null) throw new EarwitnessError("forbidden", PEOPLE_ONLY);
  throw new EarwitnessError("forbidden", "This API key can only read. Use a key with the scope write.");
}

/** Whether the actor may, for what is only shown or offered to those who do. */
export function isAllowed(actor: WorkspaceActor, action: Action): boolean {
  const { roles, scope }: { roles: readonly Role[]; scope: Scope | null } = PERMISSIONS[action];
  if (actor.kind === "user") return roles.includes(actor.role);
  return scope === "read" || (scope === "write" && actor.scope === "write");
}

/** Everything that the actor may do, for a screen that shows nothing else. */
export function allowedTo(actor: WorkspaceActor): Action[] {
  return Action.options.filter((action) => isAllowed(actor, action));
}

/** The context of a person, for what only people do. Throws `forbidden` for a key. */
export function asPerson(ctx: Context<WorkspaceActor>): Context<UserActor> {
  const { actor } = ctx;
  if (actor.kind === "user") return { ...ctx, actor };
  throw new EarwitnessError("forbidden", PEOPLE_ONLY);
}

const PEOPLE_ONLY = "Only a signed-in person can do this, not an API key.";
