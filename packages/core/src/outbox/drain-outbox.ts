import {
  EarwitnessError,
  type Id,
  type JobId,
  type LiveNews,
  type NumberId,
  type WorkspaceId,
  withinLimit,
} from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import { backoffMs } from "../job/backoff.ts";
import type { QueueName } from "../job/job.ts";
import type { JobQueue, LiveChannel, OutboxRow, Repositories, RoutingStore } from "../ports/index.ts";
import type { RoutingSnapshot } from "../workspace/routing-snapshot.ts";
import { routingSnapshotOf } from "../workspace/routing-snapshot-of.ts";

export interface OutboxDoors {
  readonly jobQueue: JobQueue;
  readonly live: LiveChannel;
  readonly routing: RoutingStore;
}

const ROWS_PER_ROUND = 100;
/** A drain that never ends would outlive its invocation; the sweep goes on with the rest. */
const MAX_ROUNDS = 20;
/** Longer than any send may take; when the drain dies in between, the rows come up again after it. */
const HIDDEN_MS = 10_000;
/** A send that takes longer has failed: all others of its round wait for it. */
const SEND_TIME_LIMIT_MS = 8_000;
/** A door that stays shut is tried again this often at most: longer outages cost little, short ones end soon. */
const RETRY = { baseMs: 1_000, capMs: 60_000 };

/** What one request can carry: some rows with the one effect that they make together. */
interface Shipment {
  readonly rows: readonly OutboxRow[];
  send(): Promise<void>;
}

/**
 * Lets out every effect whose time has come. Two drains at once take different rows. An effect may happen twice when a drain
 * dies between it and the removal of its row: all of them can bear that. One that fails is put off with its reason and holds
 * up nothing else, but later news of the same call: those go out in their order. Returns how many came out.
 */
export async function drainOutbox(ctx: Context<SystemActor>, doors: OutboxDoors): Promise<number> {
  let sent = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const now = ctx.clock.now();
    const hiddenUntil = new Date(now.getTime() + HIDDEN_MS);
    const rows = await ctx.unitOfWork((tx) => tx.outbox.claim({ now, hiddenUntil, limit: ROWS_PER_ROUND }));
    const shipments = pack(ctx, doors, rows);
    const counts = await Promise.all(shipments.map((shipment) => ship(ctx, shipment)));
    sent += counts.reduce((sum, count) => sum + count, 0);
    // What came out may have made news of its own, or been what a later row of its call waited for.
    if (rows.length === 0) break;
  }
  return sent;
}

async function ship(ctx: Context<SystemActor>, { rows, send }: Shipment): Promise<number> {
  try {
    await withinLimit(send(), SEND_TIME_LIMIT_MS);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    ctx.log.warn("An effect could not be let out", { rows: rows.length, kind: rows[0]?.effect?.kind, reason });
    await ctx.unitOfWork(async (tx) => {
      // All of them together, as long as the one that failed most: none of a call's news passes another.
      const delayMs = backoffMs(Math.max(...rows.map(({ attempts }) => attempts)), RETRY, ctx.random);
      await tx.outbox.postpone(idsOf(rows), new Date(ctx.clock.now().getTime() + delayMs), reason);
    });
    return 0;
  }
  await ctx.unitOfWork((tx) => tx.outbox.remove(idsOf(rows)));
  return rows.length;
}

/** Jobs of one queue go together, and so does the news of one workspace; a number's settings and a session's end go alone. */
function pack(ctx: Context<SystemActor>, doors: OutboxDoors, rows: readonly OutboxRow[]): Shipment[] {
  const jobs = new Map<QueueName, OutboxRow[]>();
  const news = new Map<WorkspaceId, OutboxRow[]>();
  const single: Shipment[] = [];
  for (const row of rows) {
    const { effect, workspaceId } = row;
    if (effect?.kind === "job") gather(jobs, effect.queue, row);
    else if (effect?.kind === "live" && workspaceId !== null) gather(news, workspaceId, row);
    else if (effect?.kind === "session_closed" && workspaceId !== null) {
      single.push({ rows: [row], send: () => doors.live.closeSession(workspaceId, effect.sessionId) });
    } else if (effect?.kind === "session_renewed" && workspaceId !== null) {
      single.push({ rows: [row], send: () => doors.live.renewSession(workspaceId, effect.sessionId) });
    } else single.push({ rows: [row], send: () => publishNumber(ctx, doors.routing, row) });
  }
  return [
    ...Array.from(jobs, ([queue, rows]) => ({ rows, send: () => sendJobs(ctx, doors.jobQueue, queue, rows) })),
    ...Array.from(news, ([workspaceId, rows]) => ({ rows, send: () => doors.live.publish(workspaceId, newsOf(rows)) })),
    ...single,
  ];
}

async function sendJobs(
  ctx: Context<SystemActor>,
  jobQueue: JobQueue,
  queue: QueueName,
  rows: readonly OutboxRow[],
): Promise<void> {
  const ids: JobId[] = [];
  for (const { effect } of rows) if (effect?.kind === "job") ids.push(effect.jobId);
  await jobQueue.send(queue, ids);
  await ctx.unitOfWork((tx) => tx.jobs.markEnqueued(ids, ctx.clock.now()));
}

/** Somebody who changes settings faster than this is told by the next attempt. */
const MAX_PUBLICATIONS = 3;

/**
 * Publishes the number as it is now. Settings that change meanwhile are published after it, by whoever comes last: two drains
 * at once must not leave the older settings behind.
 */
async function publishNumber(ctx: Context<SystemActor>, routing: RoutingStore, { effect }: OutboxRow): Promise<void> {
  if (effect?.kind !== "routing") throw new EarwitnessError("unprocessable", "This row of the outbox cannot be read.");
  const { numberId } = effect;
  let snapshot = await ctx.unitOfWork((tx) => readSnapshot(tx, numberId));
  for (let times = 0; times < MAX_PUBLICATIONS; times++) {
    await routing.put(snapshot);
    const published = snapshot;
    const isSame = await ctx.unitOfWork(async (tx) => {
      snapshot = await readSnapshot(tx, numberId);
      if (JSON.stringify(snapshot) !== JSON.stringify(published)) return false;
      await tx.numbers.markPublished(numberId, published.version);
      await tx.outbox.tellNumbers(published.workspaceId);
      return true;
    });
    if (isSame) return;
  }
  throw new EarwitnessError("conflict", "The number's settings keep changing.", { retryable: true });
}

async function readSnapshot(tx: Repositories, numberId: NumberId): Promise<RoutingSnapshot> {
  const number = await tx.numbers.find(numberId);
  return routingSnapshotOf(number, await tx.workspaces.find(number.workspaceId));
}

/** The same change told twice says no more than once. */
function newsOf(rows: readonly OutboxRow[]): LiveNews[] {
  const distinct = new Map<string, LiveNews>();
  for (const { effect } of rows) {
    if (effect?.kind === "live") distinct.set(`${effect.news.entity}/${effect.news.callId}`, effect.news);
  }
  return [...distinct.values()];
}

function gather<K>(groups: Map<K, OutboxRow[]>, key: K, row: OutboxRow): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [row]);
  else group.push(row);
}

function idsOf(rows: readonly OutboxRow[]): Id<"outbox">[] {
  return rows.map(({ id }) => id);
}
