import { createReadStream } from "node:fs";
import { parseArgs } from "node:util";
import { checkLog } from "./audit/check-log.ts";
import { readHead, readHeads } from "./audit/noted-heads.ts";

const USAGE = `Checks an audit log, offline: an export (JSON Lines) or a plain dump of the database.

  pnpm audit:check FILE [--head [WORKSPACE:]N:SHA256]... [--heads FOLDER] [--after N:SHA256]

  --head    where the log ended when you noted it; the log must still hold that entry
  --heads   a copy of the storage's audit-heads/, which an hourly job writes
  --after   what the file goes on from, if it was exported with ?after=N

Ends with 0 if nothing is wrong, with 1 if something is, with 2 if it could not look.`;
/** Past these nobody reads on: the log is not what it was. */
const MOST_FINDINGS_SHOWN = 100;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      head: { type: "string", multiple: true, default: [] },
      heads: { type: "string" },
      after: { type: "string" },
    },
  });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new Error(USAGE);
  const noted = [...values.head.map(readHead), ...(values.heads === undefined ? [] : readHeads(values.heads))];
  const after = values.after === undefined ? null : readHead(values.after);
  const { findings, logs } = await checkLog(createReadStream(file), { noted, after });
  for (const { line, workspaceId, what } of findings.slice(0, MOST_FINDINGS_SHOWN)) {
    console.error([line === null ? file : `${file}:${line}`, workspaceId, what].filter(Boolean).join(": "));
  }
  if (findings.length > MOST_FINDINGS_SHOWN) console.error(`… and ${findings.length - MOST_FINDINGS_SHOWN} more.`);
  for (const { workspaceId, firstN, n, sha256 } of logs) {
    const verdict = findings.some((finding) => finding.workspaceId === workspaceId) ? "NOT WHOLE" : "whole";
    console.log(`${workspaceId}: entries ${firstN} to ${n}: ${verdict}. Head: ${n}:${sha256}`);
  }
  if (noted.length === 0) {
    console.log(
      "No head was given that was noted earlier: a log that was cut or written anew as a whole would look like this.",
    );
  }
  process.exitCode = findings.length === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
