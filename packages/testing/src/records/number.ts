import type { NumberRecord } from "@earwitness/core";
import { newId, type WorkspaceId } from "@earwitness/shared";

/** A number as the carrier's sync claims it: announced, recorded, captioned. Its address is drawn, since databases are shared, from those that can be in Chicago. */
export function aNumber(
  workspaceId: WorkspaceId,
  changes: Partial<NumberRecord> = {},
): Omit<NumberRecord, "version" | "publishedVersion"> {
  return {
    id: newId("number"),
    workspaceId,
    e164: `+13122${String(Math.floor(Math.random() * 1e6)).padStart(6, "0")}`,
    carrierNumberId: null,
    label: null,
    announcement: "This call is recorded.",
    recordInbound: true,
    recordOutbound: true,
    language: null,
    keyTerms: [],
    deleteCarrierCopy: false,
    liveCaptions: true,
    ...changes,
  };
}
