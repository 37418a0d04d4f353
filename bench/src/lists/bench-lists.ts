import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Database } from "@earwitness/db";
import { connect } from "@earwitness/db/node";
import { migrateDatabase, type PostgresServer, provisionDatabase, startPostgres } from "@earwitness/local-postgres";
import { hundredths, quantile } from "../media/quantile.ts";
import { type Question, questionsOf } from "./questions.ts";
import { type SeededRecord, seedRecord } from "./seed-record.ts";
import { explain, statementsOf } from "./statements.ts";

const REPOSITORY = path.join(import.meta.dirname, "../../..");
const MIGRATIONS = path.join(REPOSITORY, "drizzle");
const PLANS = path.join(REPOSITORY, "docs/proof/explain");

const WARM_UP_ROUNDS = 10;

export interface ListsResult {
  /** Calls, each with one utterance, of the smaller record and of the larger. */
  sizes: readonly [number, number];
  rounds: number;
  measured: {
    name: string;
    kind: "list" | "search";
    /** By size. */
    p50Ms: [number, number];
    p95Ms: [number, number];
    /** p95 of the larger by that of the smaller. */
    growth: number;
  }[];
}

interface Filled {
  readonly appUrl: string;
  readonly database: Database;
  readonly record: SeededRecord;
  readonly questions: readonly Question[];
}

/**
 * Measures the queries behind the lists, a call's page and the search, each with its transaction, on a small record and a large one in one
 * Postgres. Rounds take turns between the two, so that what else the machine does weighs on both alike. With `writesPlans`, the plans on
 * the larger one are written to `docs/proof/explain`.
 */
export async function benchLists(options: {
  sizes: readonly [number, number];
  rounds: number;
  writesPlans: boolean;
  tell: (line: string) => void;
}): Promise<ListsResult> {
  const { sizes, rounds, tell } = options;
  const folder = mkdtempSync(path.join(tmpdir(), "earwitness-bench-lists-"));
  const server = await startPostgres({ dataFolder: path.join(folder, "data") });
  const opened: Database[] = [];
  try {
    const fill = async (calls: number) => {
      tell(`Filling a record with ${calls} calls and utterances`);
      const filled = await fillRecord(server, calls);
      opened.push(filled.database);
      return filled;
    };
    const [small, large] = [await fill(sizes[0]), await fill(sizes[1])];
    const measured: ListsResult["measured"] = [];
    for (const [i, { name, kind, ask }] of small.questions.entries()) {
      const other = large.questions[i];
      if (other === undefined) throw new Error("The records are asked different things.");
      tell(`Asking ${rounds} times: ${name}`);
      const took = await inTurns([ask, other.ask], rounds);
      const p95Ms = took.map((ms) => hundredths(quantile(ms, 0.95)));
      measured.push({
        name,
        kind,
        p50Ms: pair(took.map((ms) => hundredths(quantile(ms, 0.5)))),
        p95Ms: pair(p95Ms),
        growth: hundredths((p95Ms[1] ?? Number.NaN) / (p95Ms[0] ?? Number.NaN)),
      });
    }
    if (options.writesPlans) await writePlans(large);
    return { sizes, rounds, measured };
  } finally {
    for (const database of opened) await database.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fillRecord(server: PostgresServer, calls: number): Promise<Filled> {
  const name = `lists_${calls}`;
  const { ownerUrl, appUrl } = await provisionDatabase(server.url("postgres", "postgres"), name);
  await migrateDatabase(ownerUrl, MIGRATIONS);
  const record = await seedRecord(server.url(name, "postgres"), calls);
  const database = connect(appUrl);
  return { appUrl, database, record, questions: await questionsOf(database, record, calls) };
}

/** How long each answer took, in ms, asked in turns. */
async function inTurns(asked: readonly (() => Promise<unknown>)[], rounds: number): Promise<number[][]> {
  const took = asked.map((): number[] => []);
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (const [i, ask] of asked.entries()) {
      const before = performance.now();
      await ask();
      if (round >= 0) took[i]?.push(performance.now() - before);
    }
  }
  return took;
}

async function writePlans({ appUrl, record, questions }: Filled): Promise<void> {
  mkdirSync(PLANS, { recursive: true });
  for (const { name, ask } of questions) {
    const plans = await explain(appUrl, record.workspaceId, await statementsOf(ask));
    writeFileSync(path.join(PLANS, `${name.replaceAll(/[^a-z]+/g, "-")}.txt`), plans);
  }
}

function pair([small = Number.NaN, large = Number.NaN]: number[]): [number, number] {
  return [small, large];
}
