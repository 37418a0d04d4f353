import type { Chance } from "./chance.ts";
import type { Blow, VendorFault } from "./fault.ts";

interface BlowKind {
  /** For how many calls there is one blow of the kind. The rarest come once even in the smallest run. */
  readonly every: number;
  /** And how many in the largest: what takes the whole product away for seconds, each quarter of a minute, would leave it no time. */
  readonly most?: number;
  readonly draw: (chance: Chance) => Blow;
}

const BLOW_KINDS: readonly BlowKind[] = [
  { every: 60, most: 40, draw: () => ({ kind: "runtime_killed" }) },
  { every: 100, most: 20, draw: (chance) => ({ kind: "database_stopped", forMs: chance.int(1_000, 4_000) }) },
  { every: 150, most: 20, draw: (chance) => ({ kind: "database_killed", forMs: chance.int(500, 2_000) }) },
  { every: 15, draw: (chance) => ({ kind: "rooms_reset", oneIn: chance.int(1, 3) }) },
  { every: 20, draw: (chance) => ({ kind: "storage_refuses", requests: chance.int(1, 5) }) },
  { every: 10, draw: (chance) => ({ kind: "queue_redelivers", batches: chance.int(1, 10) }) },
  { every: 25, draw: (chance) => ({ kind: "queue_loses", batches: chance.int(1, 3) }) },
  { every: 50, draw: (chance) => ({ kind: "clock_stepped", aheadMs: chance.int(-180_000, 180_000) }) },
  { every: 2, draw: (chance) => ({ kind: "vendor_fails", fault: drawVendorFault(chance) }) },
];

/** The blows of a run of so many calls, each with the number of the call before which it falls. */
export function drawBlows(chance: Chance, calls: number): { beforeCall: number; blow: Blow }[] {
  return BLOW_KINDS.flatMap(({ every, most = calls, draw }) =>
    Array.from({ length: Math.min(most, Math.max(1, Math.round(calls / every))) }, () => ({
      beforeCall: chance.int(Math.min(2, calls - 1), calls - 1),
      blow: draw(chance),
    })),
  );
}

/** Longer than any of the product's time limits for a request, so that it counts as never answered. */
const TIME_OUT_MS = 12_000;

function drawVendorFault(chance: Chance): VendorFault {
  const target = chance.pick([
    "telnyx",
    "telnyx",
    "recording",
    "recording",
    "assemblyai",
    "assemblyai",
    "resend",
  ] as const);
  const times = chance.int(1, 3);
  if (target === "recording") {
    return chance.pick<VendorFault>([
      { target, effect: "cut", bytes: chance.int(0, 40_000), times },
      { target, effect: "expire", times },
      { target, effect: "status", status: 503, times },
      { target, effect: "drop", times },
      { target, effect: "delay", delayMs: chance.int(200, 1_000), bytes: 20_000, times },
    ]);
  }
  const asked: VendorFault[] = [
    { target, effect: "status", status: 500, times },
    { target, effect: "status", status: 429, retryAfterSecs: 1, times },
    { target, effect: "drop", times },
    { target, effect: "unanswered", times },
    { target, effect: "delay", delayMs: chance.pick([300, 2_000, TIME_OUT_MS]), times: 1 },
  ];
  if (target !== "assemblyai") return chance.pick(asked);
  const notice = { target: "webhook", match: { vendor: "assemblyai" } } as const;
  return chance.pick<VendorFault>([
    ...asked,
    { target, effect: "fail", times: 1 },
    { ...notice, effect: "drop", times },
    { ...notice, effect: "duplicate", times },
    { ...notice, effect: "delay", delayMs: chance.int(500, 5_000), times },
    { target: "streaming", effect: "close", code: 3005, afterMs: 600, times: 1 },
    { target: "streaming", effect: "refuse", status: 503, times: 1 },
    { target: "media", effect: "drop", afterMs: 800, times: 1 },
    { target: "media", effect: "lose", afterMs: 300, times: 1 },
  ]);
}
