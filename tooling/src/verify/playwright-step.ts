import { readFileSync, rmSync } from "node:fs";
import { z } from "zod";
import { runProgram, type Step } from "./step.ts";

const Report = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  errors: z.array(z.unknown()),
});

/** Runs the browser tests. A test that only passed when tried again counts as failed: it would fail someone else. */
export function playwrightStep(name: string, options: { config: string; reportFile: string }): Step {
  return {
    name,
    async run() {
      rmSync(options.reportFile, { force: true });
      process.env.PLAYWRIGHT_JSON_OUTPUT_FILE = options.reportFile;
      const cli = "tooling/node_modules/@playwright/test/cli.js";
      const { exitCode, output } = await runProgram("node", [
        cli,
        "test",
        "-c",
        options.config,
        "--reporter=list,json",
      ]);
      try {
        const { stats, errors } = Report.parse(JSON.parse(readFileSync(options.reportFile, "utf8")));
        const ran = stats.expected + stats.unexpected + stats.flaky;
        const broken = errors.length + (ran === 0 || (exitCode !== 0 && stats.unexpected + stats.flaky === 0) ? 1 : 0);
        return { passed: stats.expected, failed: stats.unexpected + stats.flaky + broken, output };
      } catch {
        return { passed: 0, failed: 1, output: `${output}\nPlaywright left no report` };
      }
    },
  };
}
