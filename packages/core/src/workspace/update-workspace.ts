import { EarwitnessError } from "@earwitness/shared";
import type { Context, UserActor } from "../context.ts";
import type { ClosedSession } from "../identity/end-session.ts";
import { authorize } from "../identity/permissions.ts";
import { renewRights } from "../identity/renew-rights.ts";
import { lockWorkspace } from "../member/lock-workspace.ts";
import type { Repositories, WorkspaceChanges, WorkspaceRecord } from "../ports/repositories/index.ts";
import { exactOrigins } from "./allowed-origins.ts";
import { canonicalLanguage } from "./canonical-language.ts";
import { cleanKeyTerms } from "./key-terms.ts";

export interface UpdateWorkspaceInput {
  readonly changes: WorkspaceChanges;
  /** Tells whether the person saw this version; a change of an older one is refused. */
  readonly mayChange: (version: number) => boolean;
}

/**
 * Changes the actor's workspace. Key terms are published with every number, which takes seconds; where agents see other calls from
 * now on, their live sockets come back, and are given for who wants that at once. What is so already changes nothing. Throws
 * `forbidden`, `precondition_failed` when it was changed since the person saw it, `conflict` when somebody changes it right now,
 * and `invalid_request` for a language, key term or origin that is none.
 */
export async function updateWorkspace(
  ctx: Context<UserActor>,
  { changes, mayChange }: UpdateWorkspaceInput,
): Promise<{ version: number; renewed: ClosedSession[] }> {
  const wished = cleaned(changes);
  return ctx.unitOfWork(async (tx) => {
    const actor = await lockWorkspace(tx, ctx.actor);
    authorize(actor, "workspace:change");
    const workspace = await tx.workspaces.find(actor.workspaceId);
    if (!mayChange(workspace.version)) {
      throw new EarwitnessError("precondition_failed", "The workspace was changed since you loaded it. Load it again.");
    }
    const details = differences(workspace, wished);
    if (Object.keys(details).length === 0) return { version: workspace.version, renewed: [] };
    const changed = await tx.workspaces.change(workspace.id, workspace.version, wished);
    if (changed === null) {
      throw new EarwitnessError("conflict", "Somebody else is changing the workspace. Try again.", { retryable: true });
    }
    if ("keyTerms" in details) await publishNumbers(tx, changed);
    const renewed = "agentsSeeAllCalls" in details ? await renewAgents(tx, changed) : [];
    await tx.outbox.tellWorkspace(changed.id);
    await tx.audit.append({
      action: "workspace.changed",
      object: { kind: "workspace", id: changed.id },
      details,
    });
    return { version: changed.version, renewed };
  });
}

function cleaned(changes: WorkspaceChanges): WorkspaceChanges {
  const { language, keyTerms, allowedOrigins } = changes;
  return {
    ...changes,
    ...(typeof language === "string" && { language: canonicalLanguage(language) }),
    ...(keyTerms && { keyTerms: cleanKeyTerms(keyTerms) }),
    ...(allowedOrigins && { allowedOrigins: exactOrigins(allowedOrigins) }),
  };
}

/** What will be otherwise, for the log. */
function differences(before: WorkspaceRecord, wished: WorkspaceChanges) {
  const fields = [
    "name",
    "agentsSeeAllCalls",
    "announcement",
    "language",
    "keyTerms",
    "retentionDays",
    "allowedOrigins",
  ];
  const entries = fields
    .filter((field): field is keyof WorkspaceChanges => field in wished)
    .filter((field) => wished[field] !== undefined && JSON.stringify(wished[field]) !== JSON.stringify(before[field]))
    .map((field) => [field, { before: before[field], after: wished[field] }] as const);
  return Object.fromEntries(entries);
}

async function publishNumbers(tx: Pick<Repositories, "numbers" | "outbox">, { id }: WorkspaceRecord): Promise<void> {
  for (const numberId of await tx.numbers.idsOf(id)) await tx.outbox.publishNumber(id, numberId);
}

async function renewAgents(tx: Repositories, { id }: WorkspaceRecord): Promise<ClosedSession[]> {
  await tx.outbox.tellWorkspace(id, "me");
  const renewed: ClosedSession[] = [];
  for (const agent of await tx.members.withRole(id, "agent")) renewed.push(...(await renewRights(tx, agent)));
  return renewed;
}
