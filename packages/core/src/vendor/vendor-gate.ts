import type { VendorHealthView } from "@earwitness/shared";
import type { GateReport, GateVerdict } from "./gate-state.ts";
import type { VendorName } from "./vendor-name.ts";

/**
 * So many jobs may ask each at once. Telnyx answers 429 past its own limits, which differ by account; AssemblyAI takes far more
 * (20,000 requests in 5 minutes); Resend takes 2 to 5 requests a second, each some 200 ms long.
 */
export const REQUESTS_AT_ONCE: Readonly<Record<VendorName, number>> = { telnyx: 16, assemblyai: 16, mail: 2 };

/** Where jobs ask whether they may go to a vendor. One for all who run jobs: they share the vendor's patience. */
export interface VendorGate {
  /** Asks for a permit in the name of `holder`, who has it until it leaves or is dead. */
  enter(vendor: VendorName, holder: string): Promise<GateVerdict>;
  /** Says that the holder lives. */
  renew(vendor: VendorName, holder: string): Promise<void>;
  /** Gives the permit back, and says how the vendor did. */
  leave(vendor: VendorName, holder: string, report: GateReport): Promise<void>;
}

/** What the one object of a vendor answers. */
export interface VendorGateDoor {
  enter(holder: string): Promise<GateVerdict>;
  renew(holder: string): Promise<void>;
  leave(holder: string, report: GateReport): Promise<void>;
  health(): Promise<VendorHealthView>;
}
