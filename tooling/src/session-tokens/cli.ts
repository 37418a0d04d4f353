import { parseArgs } from "node:util";
import { withClient } from "@earwitness/local-postgres";
import { z } from "zod";
import { runStep, STEPS } from "./steps.ts";

/**
 * `DATABASE_URL=… pnpm db:session-tokens -- <step>`: moves a deployment from raw session tokens to hashed ones while it is in use.
 * What to do between the steps is in docs/runbooks/session-token-format.md. The URL's user must own the table, and the
 * connection must be a direct one: the steps keep state on it.
 */
const { values, positionals } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== "--"),
  allowPositionals: true,
  options: {
    table: { type: "string", default: "sessions" },
    "raw-column": { type: "string", default: "session_token" },
    "hash-column": { type: "string", default: "token_sha256" },
  },
});
const step = z.enum(STEPS).safeParse(positionals[0]);
const url = process.env.DATABASE_URL;
if (!step.success || !url) {
  console.error(`Usage: DATABASE_URL=… pnpm db:session-tokens -- ${STEPS.join("|")} [--table …] [--raw-column …]`);
  process.exit(2);
}
const names = { table: values.table, rawColumn: values["raw-column"], hashColumn: values["hash-column"] };
await withClient(url, (client) => runStep(step.data, client, names, (line) => console.log(line)));
