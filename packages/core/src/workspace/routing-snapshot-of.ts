import type { NumberRecord, WorkspaceRecord } from "../ports/repositories/index.ts";
import { keyTermsOf } from "./key-terms.ts";
import type { RoutingSnapshot } from "./routing-snapshot.ts";

/** A number's settings as rooms read them, with what the workspace adds to them. */
export function routingSnapshotOf(number: NumberRecord, workspace: Pick<WorkspaceRecord, "keyTerms">): RoutingSnapshot {
  return {
    v: 1,
    version: number.version,
    workspaceId: number.workspaceId,
    numberId: number.id,
    e164: number.e164,
    announcement: number.announcement,
    recordInbound: number.recordInbound,
    recordOutbound: number.recordOutbound,
    language: number.language,
    keyTerms: keyTermsOf(number, workspace),
    liveCaptions: number.liveCaptions,
  };
}
