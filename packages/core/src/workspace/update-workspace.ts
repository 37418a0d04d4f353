import { EarwitnessError, RetentionKind } from "@earwitness/shared";
import type { Context, UserActor } from "../context.ts";
import type { ClosedSession } from "../identity/end-session.ts";
import { authorize } from "../identity/permissions.ts";
import { renewRights } from "../identity/renew-rights.ts";
import { lockWorkspace } from "../member/lock-workspace.ts";
import type { Repositories, WorkspaceChanges, WorkspaceRecord } from "../ports/repositories/index.ts";
import { presentRules, retentionView } from "../retention/rules.ts";
import { exactOrigins } from "./allowed-origins.ts";
import { canonicalLanguage } from "./canonical-language.ts";
import { cleanKeyTerms } from "./key-terms.ts";

export interface UpdateWorkspaceInput {
  readonly changes: Omit<WorkspaceChanges, "retention"> & {
    /** Of each kind, what is left out stays; null: for good. */
    readonly retention?: Partial<Record<RetentionKind, number | null | undefined>> | undefined;
  };
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
  const cleanChanges = cleaned(changes);
  return ctx.unitOfWork(async (tx) => {
    const actor = await lockWorkspace(tx, ctx.actor);
    authorize(actor, "workspace:change");
    const workspace = await tx.workspaces.find(actor.workspaceId);
    if (!mayChange(workspace.version)) {
      throw new EarwitnessError("precondition_failed", "The workspace was changed since you loaded it. Load it again.");
    }
    const wished = { ...cleanChanges, ...wishedRetention(changes, workspace) };
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

function cleaned({ retention: _, ...changes }: UpdateWorkspaceInput["changes"]): WorkspaceChanges {
  const { language, keyTerms, allowedOrigins } = changes;
  return {
    ...changes,
    ...(typeof language === "string" && { language: canonicalLanguage(language) }),
    ...(keyTerms && { keyTerms: cleanKeyTerms(keyTerms) }),
    ...(allowedOrigins && { allowedOrigins: exactOrigins(allowedOrigins) }),
  };
}

/** The rules as they will be. `retentionDays` is the older word for recordings and transcripts both; `retention` says more and counts. */
function wishedRetention(
  { retention, retentionDays }: UpdateWorkspaceInput["changes"],
  before: Pick<WorkspaceRecord, "retention">,
): WorkspaceChanges {
  if (retention === undefined && retentionDays === undefined) return {};
  const rules = { ...retentionView(before.retention) };
  if (retentionDays !== undefined) Object.assign(rules, { recordings: retentionDays, transcripts: retentionDays });
  for (const kind of RetentionKind.options) {
    const days = retention?.[kind];
    if (days !== undefined) rules[kind] = days;
  }
  return { retention: presentRules(rules) ?? {}, retentionDays: rules.recordings };
}

/** What will be otherwise, for the log. */
function differences(before: WorkspaceRecord, wished: WorkspaceChanges) {
  const fields = ["name", "agentsSeeAllCalls", "announcement", "language", "keyTerms", "retention", "allowedOrigins"];
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
