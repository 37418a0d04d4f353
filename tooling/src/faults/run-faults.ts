import { setTimeout as sleep } from "node:timers/promises";
import { NumberView } from "@earwitness/shared";
import type { OpenWorkspace } from "../session/open-workspace.ts";
import { openWorkspaceOn } from "../session/open-workspace-on.ts";
import type { Stack } from "../stack/start-stack.ts";
import { auditBooks, type Verdict } from "./audit/audit-books.ts";
import { readBooks } from "./books/read-books.ts";
import { controlDoor } from "./doors/control-door.ts";
import { calm } from "./drive/calm.ts";
import { comeToRest } from "./drive/come-to-rest.ts";
import { runRareCrons, startCrons } from "./drive/crons.ts";
import { drive } from "./drive/drive.ts";
import { addUp } from "./drive/strike.ts";
import { drawPlan } from "./plan/draw-plan.ts";
import { faultsOf } from "./plan/faults-of.ts";
import type { StormName } from "./plan/storms.ts";

/** What a run says in the end. */
export interface FaultReport extends Verdict {
  readonly seed: number;
  readonly calls: number;
  readonly storm: StormName | null;
  /** How often each kind of fault struck. */
  readonly injected: Readonly<Record<string, number>>;
  /** From the first call to the last, and from there until nothing was left to do. */
  readonly loadMs: number;
  readonly restMs: number;
  readonly ok: boolean;
}

/** How fast calls pass: people speak for seconds, and a run has minutes. */
export const PACE = 5;
const ANNOUNCEMENT = "Recorded.";

/** A minute for the beginnings that were lost, another for leases and for backing off, and time for the work itself. */
const REST_MS = 100_000;
/** The local queues give each batch to one consumer: what has piled up is worked off at two or three calls a second. */
const REST_PER_CALL_MS = 1_000;
const LAST_REST_MS = 30_000;

/** A storm blows on while the last calls are recorded, stored and transcribed. */
const BLOWN_OUT_MS = 45_000;

/** Runs a plan against a stack that was started for it, lets it come to rest, and audits the books. */
export async function runFaults(
  stack: Stack,
  options: { seed: number; calls: number; storm?: StormName | undefined; tell: (line: string) => void },
): Promise<FaultReport> {
  const { tell, storm } = options;
  const control = controlDoor(stack.emulators.control.url);
  const workspace = await openWorkspaceOn(stack, "owner@faults.example");
  const numbers = await setUpNumbers(workspace);
  const plan = drawPlan({ ...options, lines: numbers.length });
  tell(
    `${options.calls} calls by seed ${options.seed}${storm === undefined ? "" : `, ${storm}`}: ${plan.blows.length} blows, ${faultsOf(plan).length} faults`,
  );

  const stopCrons = startCrons(stack);
  try {
    const startedAt = Date.now();
    const { struck, asked } = await drive(stack, { plan, control, workspace, numbers, tell });
    if (storm !== undefined) await sleep(BLOWN_OUT_MS);
    const loadMs = Date.now() - startedAt;
    const injected = addUp([...struck, ...(await calm(stack, control, plan))]);
    tell(`All calls are on their way after ${(loadMs / 1000).toFixed(1)} s; nothing strikes any more.`);

    const withinMs = REST_MS + options.calls * REST_PER_CALL_MS;
    const others = await asked;
    await comeToRest(stack, control, { withinMs, tell });
    others.push(...(await runRareCrons(stack)));
    // What they have found to do is work as well.
    const undone = await comeToRest(stack, control, { withinMs: LAST_REST_MS, tell });
    const restMs = Date.now() - startedAt - loadMs;
    const left = Object.entries(undone).map(([what, count]) => `${count} ${what}`);
    const state = left.length === 0 ? "At rest" : `Not at rest (${left.join(", ")})`;
    tell(`${state} after ${(restMs / 1000).toFixed(1)} s more.`);

    const verdict = auditBooks(await readBooks(stack, control, plan), others);
    const ok = verdict.findings.length === 0 && left.length === 0;
    return { seed: options.seed, calls: options.calls, storm: storm ?? null, injected, loadMs, restMs, ...verdict, ok };
  } finally {
    await stopCrons();
  }
}

/** The last number's calls are captioned, the second one's copies deleted at the carrier; all say little before they record. */
async function setUpNumbers({ client, numbers }: OpenWorkspace): Promise<NumberView[]> {
  return Promise.all(
    numbers.map(({ id }, n) =>
      client.request(NumberView, "PATCH", `/v1/numbers/${id}`, {
        announcement: ANNOUNCEMENT,
        liveCaptions: n === numbers.length - 1,
        deleteCarrierCopy: n === 1,
      }),
    ),
  );
}
