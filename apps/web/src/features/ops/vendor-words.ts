import type { VendorHealthView } from "@earwitness/shared";
import { seconds, timeOfDay, timeWithSeconds } from "../../format/time.ts";

/** Vendors by the names that they give themselves, and what their silence means for calls. */
const VENDORS: Readonly<Record<string, { name: string; meanwhile: string }>> = {
  telnyx: { name: "Telnyx", meanwhile: "Calls go on; recordings come later." },
  assemblyai: { name: "AssemblyAI", meanwhile: "Calls go on; transcripts come later." },
  mail: { name: "The mail service", meanwhile: "Mails go out later." },
};

/** A vendor as it names itself; its key where nobody knows a name. */
export function vendorName(vendor: string): string {
  return VENDORS[vendor]?.name ?? vendor;
}

/** Why a vendor is let alone, until when, and what that means, in sentences after its name. */
export function breakerWords(health: VendorHealthView): string {
  const { vendor, breaker, recentFailures, recentRequests, p95Ms, since, retryAt } = health;
  const failed = `${recentFailures} of its last ${recentRequests} requests failed`;
  const slow = p95Ms === null ? "" : `, p95 ${seconds(p95Ms)}`;
  const from = since === null ? "" : ` since ${timeOfDay(since)}`;
  const now =
    breaker === "half_open"
      ? "one request at a time is let through to try it"
      : `it is let alone${retryAt === null ? "" : ` until ${timeWithSeconds(retryAt)}`}`;
  return `${failed}${slow}${from}; ${now}. ${VENDORS[vendor]?.meanwhile ?? "What waits for it comes later."}`;
}

/** A breaker's state as a word. */
export const BREAKER_WORDS: Readonly<Record<VendorHealthView["breaker"], string>> = {
  closed: "Closed",
  half_open: "Trying",
  open: "Open",
};
