import type { Chance } from "./chance.ts";
import type { Blow } from "./fault.ts";

/** For how many calls each blow of it falls once, and how often at most. */
type Storm = readonly { readonly every: number; readonly most?: number; readonly blow: Blow }[];

/** One kind of trouble over and over, for a run in which what stands against them must be needed, wherever they fall. */
const STORMS = {
  /** Carrier, transcriber and mail service do what they are asked, and never say so. */
  unanswered: (["telnyx", "assemblyai", "resend"] as const).map((target) => ({
    every: 4,
    blow: { kind: "vendor_fails", fault: { target, effect: "unanswered", match: { method: "POST" }, times: 1 } },
  })),
  /** The transcriber is done, and its notice never comes. */
  "silent-transcriber": [
    {
      every: 2,
      blow: {
        kind: "vendor_fails",
        fault: { target: "webhook", effect: "drop", match: { vendor: "assemblyai" }, times: 1 },
      },
    },
  ],
  /** workerd is killed while recordings come so slowly that some job always runs. */
  kills: [
    {
      every: 1,
      blow: {
        kind: "vendor_fails",
        fault: { target: "recording", effect: "delay", delayMs: 1_000, bytes: 20_000, times: 1 },
      },
    },
    { every: 10, most: 40, blow: { kind: "runtime_killed" } },
  ],
} satisfies Record<string, Storm>;

export type StormName = keyof typeof STORMS;
export const STORM_NAMES = Object.keys(STORMS) as readonly StormName[];

/** The blows of a storm over a run of so many calls, each with the number of the call before which it falls. */
export function drawStorm(chance: Chance, name: StormName, calls: number): { beforeCall: number; blow: Blow }[] {
  const storm: Storm = STORMS[name];
  return storm.flatMap(({ every, most = calls, blow }) =>
    Array.from({ length: Math.min(most, Math.ceil(calls / every)) }, () => ({
      beforeCall: chance.int(0, calls - 1),
      blow,
    })),
  );
}
