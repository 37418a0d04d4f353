import type { Chance } from "./chance.ts";
import type { Blow } from "./fault.ts";

interface Storm {
  /** For how many calls all of its blows fall once. */
  readonly every: number;
  readonly blows: readonly Blow[];
}

/** The same blows over and over, for a run in which what stands against them must be needed, wherever they fall. */
const STORMS = {
  /** Carrier, transcriber and mail service do what they are asked, and never say so. */
  unanswered: {
    every: 4,
    blows: [unanswered("telnyx"), unanswered("assemblyai"), unanswered("resend")],
  },
  /** The transcriber is done, and its notice never comes. */
  "silent-transcriber": {
    every: 2,
    blows: [
      {
        kind: "vendor_fails",
        fault: { target: "webhook", effect: "drop", match: { vendor: "assemblyai" }, times: 1 },
      },
    ],
  },
  /** workerd is killed while recordings come so slowly that some job always runs. */
  kills: {
    every: 8,
    blows: [
      {
        kind: "vendor_fails",
        fault: { target: "recording", effect: "delay", delayMs: 1_000, bytes: 20_000, times: 8 },
      },
      { kind: "runtime_killed" },
    ],
  },
} satisfies Record<string, Storm>;

export type StormName = keyof typeof STORMS;
export const STORM_NAMES = Object.keys(STORMS) as readonly StormName[];

function unanswered(target: "telnyx" | "assemblyai" | "resend"): Blow {
  return { kind: "vendor_fails", fault: { target, effect: "unanswered", match: { method: "POST" }, times: 1 } };
}

/** The blows of a storm over a run of so many calls, each with the number of the call before which it falls. */
export function drawStorm(chance: Chance, name: StormName, calls: number): { beforeCall: number; blow: Blow }[] {
  const { every, blows }: Storm = STORMS[name];
  return Array.from({ length: Math.ceil(calls / every) }, () => chance.int(0, calls - 1)).flatMap((beforeCall) =>
    blows.map((blow) => ({ beforeCall, blow })),
  );
}
