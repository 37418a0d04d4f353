import type { NumberRecord } from "@earwitness/core";
import { newId, type WorkspaceId } from "@earwitness/shared";

const AREA_CODES = ["212", "312", "415", "646", "917"];

/** A phone number that can be, drawn from forty million: databases are shared, and a number belongs to one workspace. */
function drawnE164(): string {
  const area = AREA_CODES[Math.floor(Math.random() * AREA_CODES.length)];
  return `+1${area}${2_000_000 + Math.floor(Math.random() * 8e6)}`;
}

/** A number as the carrier's sync claims it: announced, recorded, captioned. */
export function aNumber(
  workspaceId: WorkspaceId,
  changes: Partial<NumberRecord> = {},
): Omit<NumberRecord, "version" | "publishedVersion"> {
  return {
    id: newId("number"),
    workspaceId,
    e164: drawnE164(),
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
