import type { Context, WorkspaceActor } from "@earwitness/core";
import { readDatabaseCheck } from "@earwitness/db";
import { type CheckList, type CheckView, EarwitnessError, withinLimit } from "@earwitness/shared";
import { errorFields } from "@earwitness/shared/log";
import { z } from "zod";
import type { Services } from "./services.ts";

/** Each check has its own limit, so that one silent vendor does not hide what the others say. */
const CHECK_TIME_LIMIT_MS = 8_000;
const PROBE_BYTES = 1_024;

interface Check {
  readonly name: CheckView["name"];
  readonly label: string;
  /** Without it there is nothing to ask with. */
  readonly isSet: boolean;
  run(): Promise<{ message: string }>;
}

/** Makes one harmless real request to each thing that a call needs, all at once, and tells how each came out. */
export async function runChecks(ctx: Context<WorkspaceActor>, services: Services): Promise<CheckList> {
  const { env } = services;
  const checks: Check[] = [
    { name: "carrier", label: "Telnyx", isSet: env.TELNYX_API_KEY !== "", run: () => services.carrier.check() },
    {
      name: "transcriber",
      label: "AssemblyAI",
      isSet: env.ASSEMBLYAI_API_KEY !== "",
      run: () => services.transcriber.check(),
    },
    { name: "storage", label: "R2", isSet: true, run: () => checkStorage(env.RECORDINGS) },
    { name: "database", label: "Postgres", isSet: true, run: () => checkDatabase(ctx, services) },
  ];
  return {
    checkedAt: ctx.clock.now().toISOString(),
    checks: await Promise.all(checks.map((check) => outcomeOf(check, services))),
  };
}

async function outcomeOf({ name, label, isSet, run }: Check, { log }: Services): Promise<CheckView> {
  if (!isSet)
    return { name, label, state: "not_set", message: "No key is set for it.", statusCode: null, durationMs: 0 };
  const startedAt = Date.now();
  try {
    const { message } = await withinLimit(run(), CHECK_TIME_LIMIT_MS);
    return { name, label, state: "ok", message, statusCode: null, durationMs: Date.now() - startedAt };
  } catch (error) {
    log.warn("check failed", { check: name, ...errorFields(error) });
    const message = error instanceof EarwitnessError ? error.message : "It failed in a way that only the log tells.";
    return { name, label, state: "failed", message, statusCode: statusOf(error), durationMs: Date.now() - startedAt };
  }
}

/** The status of the vendor's answer, where one came. */
function statusOf(error: unknown): number | null {
  const answered = Answered.safeParse(error);
  return answered.success ? answered.data.cause.status : null;
}
const Answered = z.object({ cause: z.object({ status: z.int() }) });

/** A kilobyte written, read back and deleted, under a key that no recording has. */
async function checkStorage(bucket: R2Bucket): Promise<{ message: string }> {
  const key = `checks/${crypto.randomUUID()}`;
  const probe = crypto.getRandomValues(new Uint8Array(PROBE_BYTES));
  await bucket.put(key, probe);
  try {
    const found = new Uint8Array((await (await bucket.get(key))?.arrayBuffer()) ?? new ArrayBuffer(0));
    const isSame = found.length === PROBE_BYTES && found.every((byte, i) => byte === probe[i]);
    if (!isSame) throw new EarwitnessError("unavailable", "R2 did not give back what was just written.");
    return { message: "Wrote, read and deleted one kilobyte." };
  } finally {
    await bucket.delete(key);
  }
}

async function checkDatabase(ctx: Context<WorkspaceActor>, services: Services): Promise<{ message: string }> {
  const { version, migrations } = await services.database.read(ctx.actor, readDatabaseCheck);
  return { message: `Postgres ${version} answers. Migrations in place: ${migrations}.` };
}
