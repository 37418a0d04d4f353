/**
 * What Hyperdrive's pooler does not carry, because a connection belongs to one transaction only: session settings, LISTEN,
 * advisory locks, temporary tables, named prepared statements. The local database would let all of it pass, so it is
 * looked for in the sources. `set_config(…, true)` inside a transaction is the way that works.
 */
const FORBIDDEN: [what: string, statement: RegExp][] = [
  ["SET", /^set\s+(session\s+|local\s+)?[\w.]+\s*(=|\bto\b)\s*\S+$/i],
  ["LISTEN", /^(un)?listen\s+["*\w]+$/i],
  ["NOTIFY", /^notify\s+["\w]+(\s*,.*)?$/i],
  ["an advisory lock", /\bpg_(try_)?advisory_\w+\s*\(/i],
  ["a temporary table", /\bcreate\s+((global|local)\s+)?temp(orary)?\s/i],
  ["PREPARE", /^(prepare\s+\w+\s*(\(|as\b)|(execute|deallocate)\s+\w+\b)/i],
  ["DISCARD", /^discard\s+(all|plans|sequences|temp)\b/i],
  ["a session-wide set_config", /\bset_config\s*\((?:(?!,\s*true\s*\)).)*,\s*false\s*\)/is],
];

/** The forbidden statements in a TypeScript source, by what they are. Looks into its strings, not into its comments. */
export function findSessionSql(source: string): string[] {
  const found = new Set<string>();
  const code = source.replaceAll(/\/\*.*?\*\//gs, "").replaceAll(/^\s*\/\/.*$/gm, "");
  for (const [literal] of code.matchAll(/`(?:\\.|[^`\\])*`|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/gs)) {
    for (const statement of literal.slice(1, -1).split(";")) {
      for (const [what, pattern] of FORBIDDEN) if (pattern.test(statement.trim())) found.add(what);
    }
  }
  // drizzle's prepare(name) sends a named statement to the server.
  if (/\.prepare\(\s*["'`]/.test(code)) found.add("PREPARE");
  return [...found];
}
