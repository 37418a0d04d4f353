import type { Plan } from "./draw-plan.ts";
import type { VendorFault } from "./fault.ts";

/** Every fault of the vendors that a plan holds: each call's own, and those that hit whichever call comes next. */
export function faultsOf({ calls, blows }: Pick<Plan, "calls" | "blows">): VendorFault[] {
  const ofCalls = calls.flatMap(({ faults }) => faults);
  return [...ofCalls, ...blows.flatMap(({ blow }) => (blow.kind === "vendor_fails" ? [blow.fault] : []))];
}
