import { spawn } from "node:child_process";
import { REPOSITORY } from "../paths.ts";

/** What a step found: how many of its tests or checks held, and what there is to say of those that did not. */
export interface Outcome {
  passed: number;
  failed: number;
  /** Shown when something failed. */
  output: string;
}

export interface Step {
  name: string;
  run: () => Promise<Outcome>;
}

export interface Finished {
  exitCode: number;
  output: string;
}

/** A run must not reach out, nor ask anything, wherever it happens. */
const QUIET = {
  CI: "1",
  DO_NOT_TRACK: "1",
  TURBO_TELEMETRY_DISABLED: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  WRANGLER_SEND_METRICS: "false",
};

/** Runs a program of the repository's to its end and returns what it printed, both streams in the order of arrival. */
export function runProgram(command: string, args: string[]): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: REPOSITORY,
      env: { ...process.env, ...QUIET },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const keep = (chunk: Buffer) => {
      output += chunk.toString("utf8");
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", (error) => resolve({ exitCode: 1, output: `${command}: ${error.message}` }));
    child.once("close", (code) => resolve({ exitCode: code ?? 1, output }));
  });
}

/** A step that is one check: it holds when the program ends with 0. */
export function check(name: string, command: string, args: string[]): Step {
  return {
    name,
    async run() {
      const { exitCode, output } = await runProgram(command, args);
      return exitCode === 0 ? { passed: 1, failed: 0, output } : { passed: 0, failed: 1, output };
    },
  };
}
