import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { copyWithout } from "./copy-sources.ts";
import { DEFENCES } from "./defences.ts";

/**
 * Runs the rig on a copy of the product that lacks a defence, and passes on what it writes. Gives its exit code, which is 0 only if the
 * books balanced all the same. Throws for a name that is none.
 */
export async function runWithout(name: string, args: readonly string[]): Promise<number> {
  const defence = DEFENCES.find((each) => each.name === name);
  if (defence === undefined) {
    throw new Error(`There is no defence ${name}. There are: ${DEFENCES.map((each) => each.name).join(", ")}.`);
  }
  const folder = mkdtempSync(path.join(tmpdir(), `earwitness-without-${name}-`));
  try {
    copyWithout(defence, folder);
    return await run(folder, args);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(folder: string, args: readonly string[]): Promise<number> {
  const program = path.join(folder, "tooling/src/faults.ts");
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, stdio: "inherit" });
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
