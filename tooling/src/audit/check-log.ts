import { BEFORE_THE_FIRST } from "@earwitness/shared/audit";
import { type Finding, MOST_FINDINGS, type NotedHead } from "./finding.ts";
import { type Line, linesOf } from "./lines.ts";
import { LogChain } from "./log-chain.ts";
import { readDump } from "./read-dump.ts";
import { type AuditItem, readExportedLine } from "./read-export.ts";

/** A dump begins with a comment, or with a statement where somebody cut it to its tables. */
const DUMP_BEGINS = /^(--|SET |COPY )/;

export interface CheckOptions {
  /** Heads that were noted earlier, elsewhere: without one, a log that was cut or written anew as a whole looks whole. */
  readonly noted?: readonly NotedHead[];
  /** What the file goes on from, where it does not begin with entry 1. */
  readonly after?: NotedHead | null;
}

export interface Verdict {
  readonly findings: readonly Finding[];
  /** The logs in the file, and how far each goes. */
  readonly logs: readonly { workspaceId: string; firstN: number; n: number; sha256: string }[];
}

/**
 * Checks an export of audit logs, or a plain dump of the database, of one workspace or many, as it is read: no database, no network.
 * Finds entries that were altered, taken out, moved or put in, and a log that was cut.
 */
export async function checkLog(chunks: AsyncIterable<Uint8Array>, options: CheckOptions = {}): Promise<Verdict> {
  const { noted = [], after = null } = options;
  const chains = new Map<string, LogChain>();
  const unreadable: Finding[] = [];
  const chainOf = (workspaceId: string) => {
    const known = chains.get(workspaceId);
    if (known !== undefined) return known;
    const isOurs = (head: NotedHead) => head.workspaceId === null || head.workspaceId === workspaceId;
    const start = after !== null && isOurs(after) ? after : { n: 0, sha256: BEFORE_THE_FIRST };
    const chain = new LogChain(workspaceId, start, noted.filter(isOurs));
    chains.set(workspaceId, chain);
    return chain;
  };
  for await (const item of itemsOf(linesOf(chunks))) {
    if (item.kind === "unreadable") {
      if (unreadable.length < MOST_FINDINGS) unreadable.push({ line: item.line, workspaceId: null, what: item.what });
    } else if (item.kind === "entry") await chainOf(item.entry.workspaceId).take(item.entry, item.line);
    else chainOf(item.head.workspaceId).takeHead(item.head, item.line, item.exportedAt);
  }
  for (const chain of chains.values()) chain.finish();
  return {
    findings: [...unreadable, ...[...chains.values()].flatMap(({ findings }) => findings), ...absent(chains, noted)],
    logs: [...chains.values()].map(({ workspaceId, firstN, end }) => ({ workspaceId, firstN, ...end })),
  };
}

/** An export's lines as they come; a dump's rows, once all are there, in the order of their numbers. */
async function* itemsOf(lines: AsyncGenerator<Line>): AsyncGenerator<AuditItem> {
  const first = await lines.next();
  if (first.done) return;
  const all = beginningWith(first.value, lines);
  if (!DUMP_BEGINS.test(first.value.text ?? "")) {
    for await (const line of all) yield readExportedLine(line);
    return;
  }
  const rows: AuditItem[] = [];
  for await (const item of readDump(all)) rows.push(item);
  const placeOf = (item: AuditItem) => (item.kind === "entry" ? item.entry.n : Number.POSITIVE_INFINITY);
  yield* rows.sort((a, b) => Math.sign(placeOf(a) - placeOf(b)) || a.line - b.line);
}

async function* beginningWith(first: Line, rest: AsyncIterable<Line>): AsyncGenerator<Line> {
  yield first;
  yield* rest;
}

/** Logs that somebody noted and that the file does not hold at all; and a file that holds none. */
function absent(chains: ReadonlyMap<string, LogChain>, noted: readonly NotedHead[]): Finding[] {
  const gone = new Set(noted.flatMap(({ workspaceId }) => workspaceId ?? []).filter((id) => !chains.has(id)));
  const missing = [...gone].map((workspaceId) => ({
    line: null,
    workspaceId,
    what: "the file does not hold this log.",
  }));
  if (chains.size > 0) return missing;
  return [...missing, { line: null, workspaceId: null, what: "the file holds no audit log." }];
}
