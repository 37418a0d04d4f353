import { parseArgs } from "node:util";
import { CallId } from "@earwitness/shared";
import { describeReplay } from "./replay/describe-replay.ts";
import { replayCall } from "./replay/replay-call.ts";
import { openScratch } from "./replay/scratch.ts";
import { sourceUrl } from "./replay/source-url.ts";

const USAGE = `Rebuilds a call from its log in an empty database and compares what that leads to with the record.

  pnpm replay --call ID [--database URL] [--into URL] [--json]

  --database  the record, only read: otherwise DATABASE_URL, or the local stack's
  --into      a server on which a database may be made for it and removed: otherwise a Postgres of its own

Ends with 0 if both are the same, with 1 if they differ, with 2 if it could not look.`;

try {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== "--"),
    options: {
      call: { type: "string" },
      database: { type: "string" },
      into: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  const callId = CallId.safeParse(values.call);
  if (!callId.success) throw new Error(USAGE);
  const source = sourceUrl(values.database);
  const scratch = await openScratch(values.into);
  try {
    const result = await replayCall({ source, scratch: scratch.url, callId: callId.data });
    console.log(values.json ? JSON.stringify(result) : describeReplay(result));
    process.exitCode = result.isSame ? 0 : 1;
  } finally {
    await scratch.close();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
