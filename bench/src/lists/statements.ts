import { uuidOf, type WorkspaceId } from "@earwitness/shared";
import pg from "pg";

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * The statements that `work` sends to the database, without those that only open and close its transactions. Nothing else may use the
 * database meanwhile: it listens to every client of this process.
 */
export async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const heard: Statement[] = [];
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [asked, values] = args;
    const text = typeof asked === "string" ? asked : Reflect.get(Object(asked), "text");
    if (typeof text === "string") heard.push({ text, values: Array.isArray(values) ? values : [] });
    return Reflect.apply(query, this, args);
  };
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return heard.filter(({ text }) => !/^(begin|commit|rollback|start transaction)|set_config\('app\./i.test(text));
}

/** What Postgres does for each of the statements, in a transaction of the workspace, as `EXPLAIN (ANALYZE, BUFFERS)` tells it. */
export async function explain(
  url: string,
  workspaceId: WorkspaceId,
  statements: readonly Statement[],
): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("begin read only");
    await client.query("select set_config('app.workspace_id', $1, true), set_config('app.actor', 'user', true)", [
      uuidOf(workspaceId),
    ]);
    const plans: string[] = [];
    for (const { text, values } of statements) {
      const { rows } = await client.query<{ "QUERY PLAN": string }>(`explain (analyze, buffers) ${text}`, [...values]);
      plans.push(`${text}\n\n${rows.map((row) => row["QUERY PLAN"]).join("\n")}\n`);
    }
    return plans.join("\n\n");
  } finally {
    await client.end();
  }
}
