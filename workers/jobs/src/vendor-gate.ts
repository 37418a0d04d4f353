import { type VendorGate, VendorName } from "@earwitness/core";
import type { VendorHealthView } from "@earwitness/shared";
import { errorFields, type Logger } from "@earwitness/shared/log";
import type { JobsEnv } from "./env.ts";

/** The vendors' objects as those who run jobs ask them. */
export function vendorGate(env: JobsEnv): VendorGate {
  return {
    enter: (vendor, holder) => env.VENDOR_GATE.getByName(vendor).enter(holder),
    renew: (vendor, holder) => env.VENDOR_GATE.getByName(vendor).renew(holder),
    leave: (vendor, holder, report) => env.VENDOR_GATE.getByName(vendor).leave(holder, report),
  };
}

/** How each vendor does. One whose object does not answer is left out. */
export async function vendorHealth(env: JobsEnv, log: Logger): Promise<VendorHealthView[]> {
  const answers = await Promise.allSettled(
    VendorName.options.map((vendor) => env.VENDOR_GATE.getByName(vendor).health()),
  );
  return answers.flatMap((answer) => {
    if (answer.status === "fulfilled") return [answer.value];
    log.warn("A vendor's gate does not answer", errorFields(answer.reason));
    return [];
  });
}
