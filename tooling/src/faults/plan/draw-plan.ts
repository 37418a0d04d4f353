import { drawBlows } from "./blows.ts";
import { type Chance, chanceOf } from "./chance.ts";
import type { Blow, VendorFault } from "./fault.ts";
import { drawNoticeFaults } from "./notice-faults.ts";
import { drawStorm, type StormName } from "./storms.ts";

export interface PlannedCall {
  readonly way: "in" | "out";
  /** The other party, whom no other call of the run has. */
  readonly party: string;
  /** Which of the workspace's numbers: the last one's calls are captioned. */
  readonly line: number;
  readonly script: { readonly lines: readonly { readonly speaker: "caller" | "agent"; readonly text: string }[] };
  /** The caller hangs up so long after the answer, whatever is being said; null: when all is said. */
  readonly hangupAfterMs: number | null;
  /** How long after the one before it is due. */
  readonly afterMs: number;
  readonly faults: readonly VendorFault[];
  /** Somebody is invited by mail when the call is due. */
  readonly invitee: string | null;
}

/** All that a run does to the product, drawn before it begins: the same seed is the same plan. */
export interface Plan {
  readonly seed: number;
  readonly calls: readonly PlannedCall[];
  readonly blows: readonly { readonly beforeCall: number; readonly blow: Blow }[];
}

const OUTBOUND_SHARE = 0.1;
const CAPTIONED_SHARE = 0.06;
const ABANDONED_SHARE = 0.06;
const INVITED_SHARE = 0.15;
/** An invitation that waits is one of two hundred that a workspace may have. */
const MOST_INVITED = 180;
/** On two cores, a call every so often on average keeps the product busy without making it fall behind for good. */
const MEAN_PAUSE_MS = 160;

const SCRIPTS = [
  ["agent: Harbor Supply, hello.", "caller: My order is late."],
  ["caller: Is the shop open today?", "agent: Until six."],
  ["agent: How can I help?", "caller: I need an invoice, please.", "agent: It is on its way."],
] as const;

/** Draws the plan of a run. A storm comes on top of what the same seed draws without. */
export function drawPlan(options: { seed: number; calls: number; lines: number; storm?: StormName | undefined }): Plan {
  const { seed, calls, lines, storm } = options;
  const chance = chanceOf(seed);
  let invited = 0;
  const planned = Array.from({ length: calls }, (_, n) => {
    const mayInvite = invited < MOST_INVITED;
    const call = drawCall(chance, { n, lines, mayInvite, seed });
    if (call.invitee !== null) invited += 1;
    return call;
  });
  const blows = drawBlows(chance, calls);
  if (storm !== undefined) blows.push(...drawStorm(chance, storm, calls));
  return { seed, calls: planned, blows: blows.sort((a, b) => a.beforeCall - b.beforeCall) };
}

function drawCall(
  chance: Chance,
  { n, lines, mayInvite, seed }: { n: number; lines: number; mayInvite: boolean; seed: number },
): PlannedCall {
  const party = partyOf(n);
  const way = chance.happens(OUTBOUND_SHARE) ? "out" : "in";
  const isCaptioned = chance.happens(CAPTIONED_SHARE);
  const isAbandoned = chance.happens(ABANDONED_SHARE);
  const isInvited = chance.happens(INVITED_SHARE);
  return {
    way,
    party,
    line: isCaptioned ? lines - 1 : chance.int(0, Math.max(0, lines - 2)),
    script: {
      lines: chance.pick(SCRIPTS).map((line) => ({
        speaker: line.startsWith("agent") ? ("agent" as const) : ("caller" as const),
        text: line.slice(line.indexOf(":") + 2),
      })),
    },
    hangupAfterMs: isAbandoned ? chance.int(100, 2_500) : null,
    afterMs: chance.int(0, 2 * MEAN_PAUSE_MS),
    faults: drawNoticeFaults(chance, party),
    invitee: isInvited && mayInvite ? `invitee-${seed}-${n}@example.com` : null,
  };
}

/** Area codes whose 555-0100 to 555-0199 are kept for fiction, and which none of the stand-in's own numbers has. */
const AREA_CODES = [
  ...[201, 202, 203, 205, 206, 207, 208, 209, 210, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228, 229],
  ...[231, 234, 239, 240, 248, 251, 252, 253, 254, 256, 260, 262, 267, 269, 270, 276, 281, 301, 302, 303],
  ...[304, 305, 307, 308, 309, 310, 312, 313, 314, 315, 316, 317, 318, 319, 320, 321, 323, 330, 334, 336],
  ...[337, 339, 347, 351, 352, 360, 361, 386, 401, 402, 404, 405, 406, 407, 408, 409, 410, 412, 413, 414],
  ...[415, 417, 419, 423, 425, 430, 432, 434, 435, 440, 443, 469, 478, 479, 480, 484, 501, 502, 503, 504],
];
const NUMBERS_PER_AREA = 100;
/** More calls than that would have to share other parties, by whom they are told apart. */
export const MOST_CALLS = AREA_CODES.length * NUMBERS_PER_AREA;

function partyOf(n: number): string {
  return `+1${AREA_CODES[Math.floor(n / NUMBERS_PER_AREA)]}55501${String(n % NUMBERS_PER_AREA).padStart(2, "0")}`;
}
