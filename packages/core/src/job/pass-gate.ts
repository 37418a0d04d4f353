import type { Context } from "../context.ts";
import type { GateReport, GateVerdict, VendorGate, VendorName } from "../vendor/index.ts";

/** The gate is a moment away; what takes longer is taken for out of reach. */
const ANSWER_TIME_LIMIT_MS = 2_000;

/** A passed gate, as an attempt holds it. */
export interface Passed {
  /** Says that the attempt lives. */
  renew(): Promise<void>;
  leave(report: GateReport): Promise<void>;
}

/**
 * Asks the vendor's gate for `holder`. A gate that cannot be reached stops nobody: the vendor's own limits stand behind it, and a
 * job that fails waits by itself.
 */
export async function passGate(
  ctx: Pick<Context, "log">,
  gate: VendorGate,
  vendor: VendorName | undefined,
  holder: string,
): Promise<Passed | Extract<GateVerdict, { kind: "wait" }>> {
  if (vendor === undefined) return { renew: async () => {}, leave: async () => {} };
  const asked = async <T>(answer: Promise<T>, instead: T): Promise<T> => {
    try {
      return await withinTime(answer);
    } catch (error) {
      ctx.log.warn("A vendor's gate cannot be reached", { vendor, reason: String(error) });
      return instead;
    }
  };
  const verdict = await asked<GateVerdict>(gate.enter(vendor, holder), { kind: "go" });
  if (verdict.kind === "wait") return verdict;
  return {
    renew: () => asked(gate.renew(vendor, holder), undefined),
    leave: (report) => asked(gate.leave(vendor, holder, report), undefined),
  };
}

async function withinTime<T>(answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${ANSWER_TIME_LIMIT_MS} ms.`)), ANSWER_TIME_LIMIT_MS);
  });
  try {
    return await Promise.race([answer, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
