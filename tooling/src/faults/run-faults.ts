import { setTimeout as sleep } from "node:timers/promises";
import { NumberView } from "@earwitness/shared";
import { z } from "zod";
import { apiClient } from "../session/api-client.ts";
import { type OpenWorkspace, openWorkspace } from "../session/open-workspace.ts";
import type { Stack } from "../stack/start-stack.ts";
import { auditBooks, type Verdict } from "./audit/audit-books.ts";
import type { Books } from "./audit/books.ts";
import type { Finding } from "./audit/finding.ts";
import { readCarrierBooks } from "./books/carrier-books.ts";
import { readMailBooks } from "./books/mail-books.ts";
import { readRecordBooks } from "./books/record-books.ts";
import { readStorageBooks } from "./books/storage-books.ts";
import { readTranscriberBooks } from "./books/transcriber-books.ts";
import { type ControlDoor, controlDoor } from "./doors/control-door.ts";
import { comeToRest } from "./drive/come-to-rest.ts";
import { runRareCrons, startCrons } from "./drive/crons.ts";
import { hit } from "./drive/hit.ts";
import { invite } from "./drive/invite.ts";
import { placeCall } from "./drive/place-call.ts";
import { drawPlan, type Plan } from "./plan/draw-plan.ts";
import { nameOfFault, type VendorFault } from "./plan/fault.ts";

/** What a run says in the end. */
export interface FaultReport extends Verdict {
  readonly seed: number;
  readonly calls: number;
  /** How often each kind of fault struck. */
  readonly injected: Readonly<Record<string, number>>;
  /** From the first call to the last, and from there until nothing was left to do. */
  readonly loadMs: number;
  readonly restMs: number;
  readonly ok: boolean;
}

/** How fast calls pass: people speak for seconds, and a run has minutes. */
export const PACE = 5;
const MOST_AT_ONCE = 16;
const ANNOUNCEMENT = "Recorded.";

/** A minute for the beginnings that were lost, another for leases and for backing off, and time for the work itself. */
const REST_MS = 100_000;
const REST_PER_CALL_MS = 100;
const LAST_REST_MS = 30_000;

/** Runs a plan against a stack that was started for it, lets it come to rest, and audits the books. */
export async function runFaults(
  stack: Stack,
  options: { seed: number; calls: number; tell: (line: string) => void },
): Promise<FaultReport> {
  const { tell } = options;
  const control = controlDoor(stack.emulators.control.url);
  const workspace = await openWorkspace({
    apiUrl: stack.urls.api,
    appOrigin: stack.urls.api,
    mailboxUrl: stack.emulators.control.url,
    email: "owner@faults.example",
  });
  const numbers = await setUpNumbers(workspace);
  const plan = drawPlan({ ...options, lines: numbers.length });
  tell(`${options.calls} calls by seed ${options.seed}: ${plan.blows.length} blows, ${faultsOf(plan).length} faults`);

  const stopCrons = startCrons(stack);
  try {
    const startedAt = Date.now();
    const { struck, asked } = await drive(stack, { plan, control, workspace, numbers, tell });
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
    return { seed: options.seed, calls: options.calls, injected, loadMs, restMs, ...verdict, ok };
  } finally {
    await stopCrons();
  }
}

/** The last number's calls are captioned, the second one's copies deleted at the carrier; all say little before they record. */
async function setUpNumbers({ client, numbers }: OpenWorkspace) {
  const set = await Promise.all(
    numbers.map(({ id }, n) =>
      client.request(NumberView, "PATCH", `/v1/numbers/${id}`, {
        announcement: ANNOUNCEMENT,
        liveCaptions: n === numbers.length - 1,
        deleteCarrierCopy: n === 1,
      }),
    ),
  );
  return set;
}

/** Has all calls begin and all blows fall. `asked` resolves when the product has taken whatever it was asked for meanwhile. */
async function drive(
  stack: Stack,
  given: {
    plan: Plan;
    control: ControlDoor;
    workspace: OpenWorkspace;
    numbers: readonly NumberView[];
    tell: (line: string) => void;
  },
): Promise<{ struck: [name: string, times: number][]; asked: Promise<Finding[]> }> {
  const { plan, control, workspace, numbers } = given;
  const person = apiClient(stack.urls.api, { cookie: workspace.cookie, origin: stack.urls.api });
  const asked: Promise<unknown>[] = [];
  const struck: [string, number][] = [];
  // One after the other, as what they stop must be started again; meanwhile calls go on to come.
  let blows = Promise.resolve();
  for (const [n, call] of plan.calls.entries()) {
    await sleep(call.afterMs);
    await lineIsFree(control);
    for (const { blow } of plan.blows.filter(({ beforeCall }) => beforeCall === n)) {
      blows = blows.then(async () => {
        const { name, times } = await hit(stack, control, blow);
        if (blow.kind !== "vendor_fails")
          given.tell(`  ${new Date().toISOString()} call ${n}: ${JSON.stringify(blow)}`);
        if (blow.kind !== "vendor_fails") struck.push([name, times]);
      });
    }
    asked.push(placeCall({ control, client: workspace.client, numbers }, call));
    if (call.invitee !== null) asked.push(invite(person, call.invitee));
  }
  const notTaken = Promise.allSettled(asked).then((results) =>
    results.flatMap((result): Finding[] =>
      result.status === "rejected" ? [{ kind: "stuck", what: String(result.reason), where: "the API" }] : [],
    ),
  );
  await blows;
  return { struck, asked: notTaken };
}

/** Resolves when few enough calls are on the line: a machine that is slow gets fewer of them, not more at once. */
async function lineIsFree(control: ControlDoor): Promise<void> {
  const Health = z.object({ liveLegs: z.int() });
  while (Health.parse(await control.ask("GET", "/health")).liveLegs >= MOST_AT_ONCE) await sleep(50);
}

/** Ends every fault that has not struck yet, and says how often those of the vendors have. */
async function calm(stack: Stack, control: ControlDoor, plan: Plan): Promise<[name: string, times: number][]> {
  const Left = z.object({ faults: z.array(z.looseObject({ left: z.int() })) });
  const waiting = Left.parse(await control.ask("GET", "/faults")).faults;
  await control.ask("DELETE", "/faults");
  await control.ask("POST", "/clock", { aheadMs: 0 });
  for (const worker of ["jobs", "rooms"] as const) await fetch(`${stack.urls[worker]}/faults`, { method: "DELETE" });
  const planned = faultsOf(plan).map((fault): [string, number] => [nameOfFault(fault), fault.times ?? 1]);
  const unspent = waiting.map((fault): [string, number] => [nameOfFault(asFault(fault)), -fault.left]);
  return [...planned, ...unspent];
}

function asFault(listed: unknown): VendorFault {
  return z
    .object({
      target: z.enum(["telnyx", "assemblyai", "resend", "recording", "webhook", "media", "streaming"]),
      effect: z.string(),
      status: z.int(),
      match: z.object({ vendor: z.enum(["telnyx", "assemblyai"]).optional() }),
    })
    .transform(({ match: { vendor }, ...fault }) => ({ ...fault, ...(vendor && { match: { vendor } }) }))
    .parse(listed);
}

function faultsOf({ calls, blows }: Plan): VendorFault[] {
  const ofCalls = calls.flatMap(({ faults }) => faults);
  return [...ofCalls, ...blows.flatMap(({ blow }) => (blow.kind === "vendor_fails" ? [blow.fault] : []))];
}

function addUp(counts: readonly [name: string, times: number][]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const [name, times] of counts) sums.set(name, (sums.get(name) ?? 0) + times);
  return Object.fromEntries([...sums].filter(([, times]) => times > 0).sort(([a], [b]) => a.localeCompare(b)));
}

async function readBooks(stack: Stack, control: ControlDoor, plan: Plan): Promise<Books> {
  return {
    planned: plan.calls,
    record: await readRecordBooks(stack.databaseUrl),
    storage: await readStorageBooks(stack),
    carrier: await readCarrierBooks(control),
    transcriber: await readTranscriberBooks(control),
    mailbox: await readMailBooks(control),
  };
}
