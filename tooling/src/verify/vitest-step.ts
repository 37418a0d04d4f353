import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { REPOSITORY } from "../paths.ts";
import { type Outcome, runProgram, type Step } from "./step.ts";

const TestReport = z.object({
  testResults: z.array(z.object({ name: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});
export type TestReport = z.infer<typeof TestReport>;

/**
 * Runs the test files in `folders` (each a package with a vitest project) and counts each test.
 * A file that ran no test counts as a failure: a runner that silently skips one must not look like success.
 */
export function vitestStep(name: string, options: { files: string[]; projects: string[]; reportFile: string }): Step {
  return {
    name,
    async run() {
      const { exitCode, output } = await runProgram("node", [
        "node_modules/vitest/vitest.mjs",
        "run",
        ...options.projects.map((project) => `--project=${project}`),
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${options.reportFile}`,
      ]);
      return countTests({ report: readReport(options.reportFile), files: options.files, exitCode, output });
    },
  };
}

/** The test files of the repository that match, as absolute paths. */
export function findTestFiles(...patterns: string[]): string[] {
  return globSync(patterns, { cwd: REPOSITORY, exclude: (name) => name === "node_modules" }).map((file) =>
    path.join(REPOSITORY, file),
  );
}

/**
 * Counts the tests of a report (undefined: none was left). Each of `files` must have run a test, and a runner that ends with an
 * error although no test failed (an unhandled rejection, say) counts as one failure.
 */
export function countTests(run: {
  report: TestReport | undefined;
  files: string[];
  exitCode: number;
  output: string;
}): Outcome {
  const { report, exitCode, output } = run;
  if (report === undefined) return { passed: 0, failed: 1, output: `${output}\nvitest left no report` };
  const silent = new Set(run.files);
  let [passed, failed] = [0, 0];
  for (const { name, assertionResults } of report.testResults) {
    for (const { status } of assertionResults) {
      if (status === "passed") passed += 1;
      else if (status === "failed") failed += 1;
      else continue;
      silent.delete(name);
    }
  }
  const complaints = [...silent].map((file) => `${path.relative(REPOSITORY, file)} ran no test`);
  if (exitCode !== 0 && failed + silent.size === 0) {
    complaints.push(`vitest ended with ${exitCode} although no test failed`);
  }
  return { passed, failed: failed + complaints.length, output: [output, ...complaints].join("\n") };
}

function readReport(file: string): TestReport | undefined {
  try {
    return TestReport.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined; // Whoever asks says so: it means that vitest itself broke down.
  }
}
