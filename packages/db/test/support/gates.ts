import type { GateReport, VendorGate } from "@earwitness/core";

/** A gate that lets everybody in. */
export const openGate: VendorGate = {
  enter: async () => ({ kind: "go" }),
  renew: async () => {},
  leave: async () => {},
};

/** A gate that has everybody wait, and one that cannot be reached. */
export const shutGate = (waitMs: number): VendorGate => ({
  ...openGate,
  enter: async () => ({ kind: "wait", waitMs }),
});
export const brokenGate: VendorGate = {
  enter: () => Promise.reject(new Error("The gate is away")),
  renew: () => Promise.reject(new Error("The gate is away")),
  leave: () => Promise.reject(new Error("The gate is away")),
};

/** A gate that lets everybody in and keeps what they say when they leave. */
export function listeningGate(): VendorGate & { readonly reports: GateReport[] } {
  const reports: GateReport[] = [];
  return { ...openGate, reports, leave: async (_vendor, _holder, report) => void reports.push(report) };
}
