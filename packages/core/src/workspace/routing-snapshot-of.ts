import type { NumberRecord } from "../ports/repositories/index.ts";
import type { RoutingSnapshot } from "./routing-snapshot.ts";

/** A number's settings as rooms read them. */
export function routingSnapshotOf(number: NumberRecord): RoutingSnapshot {
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
    keyTerms: [...number.keyTerms],
    liveCaptions: number.liveCaptions,
  };
}
