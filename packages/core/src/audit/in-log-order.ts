import type { WorkspaceId } from "@earwitness/shared";

/**
 * The order in which a transaction goes through workspaces when it writes into the log of each: of two that went crosswise, each would
 * wait for the other.
 */
export function inLogOrder<T extends { readonly workspaceId: WorkspaceId }>(all: readonly T[]): T[] {
  return all.toSorted((a, b) => (a.workspaceId < b.workspaceId ? -1 : 1));
}
