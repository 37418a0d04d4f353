import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { copyWithout } from "./copy-sources.ts";
import { DEFENCES, type Defence, type Run } from "./defences.ts";

const Report = z.object({ ok: z.boolean(), findings: z.array(z.object({ kind: z.string(), what: z.string() })) });

/** How a run without a defence came out; null where the rig did not come to its end, which proves nothing. */
type Bite = z.infer<typeof Report> | null;

/**
 * Runs the rig on copies of the product that each lack one defence: that of the name, or with `all` each in turn. Each is given the run in
 * which it was missed before, but for what `wished` says of it. Tells of each as a line of a table. Returns whether every one of them
 * was missed. Throws for a name that is none.
 */
export async function runWithout(name: string, wished: Partial<Run>, tell: (line: string) => void): Promise<boolean> {
  const chosen = DEFENCES.filter((defence) => name === "all" || defence.name === name);
  if (chosen.length === 0) {
    throw new Error(`There is no defence ${name}. There are: all, ${DEFENCES.map((each) => each.name).join(", ")}.`);
  }
  let areMissed = true;
  for (const defence of chosen) {
    const run = { ...defence.shownBy, ...wished };
    const bite = await runCopy(defence, run);
    areMissed &&= bite?.ok === false;
    const plan = [run.calls, run.seed, run.storm].filter((part) => part !== undefined).join(", ");
    tell(`| ${defence.name} | ${defence.does} | ${plan} | ${describe(bite)} |`);
  }
  return areMissed;
}

function describe(bite: Bite): string {
  if (bite === null) return "the rig did not come to its end";
  if (bite.ok) return "the books balance";
  const kinds = Map.groupBy(bite.findings, ({ kind }) => kind);
  return (
    [...kinds].map(([kind, all]) => `${all.length} ${kind}: ${all[0]?.what.slice(0, 80)}`).join("; ") || "not at rest"
  );
}

async function runCopy(defence: Defence, { calls, seed, storm }: Run): Promise<Bite> {
  const folder = mkdtempSync(path.join(tmpdir(), `earwitness-without-${defence.name}-`));
  try {
    copyWithout(defence, folder);
    const plan = ["--calls", String(calls), "--seed", String(seed), ...(storm === undefined ? [] : ["--storm", storm])];
    const output = await start(folder, [...plan, "--json"]);
    // Whatever else the process says goes to its standard error.
    const report = Report.safeParse(output === "" ? null : JSON.parse(output));
    return report.success ? report.data : null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function start(folder: string, args: readonly string[]): Promise<string> {
  const program = path.join(folder, "tooling/src/faults.ts");
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, pass);
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, pass);
      resolve(output);
    });
  });
}
