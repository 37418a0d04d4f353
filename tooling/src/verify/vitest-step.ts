import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { REPOSITORY } from "../paths.ts";
import { type Outcome, runProgram, type Step } from "./step.ts";

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

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
      return count(options.files, options.reportFile, exitCode, output);
    },
  };
}

/** The test files of the repository that match, as absolute paths. */
export function findTestFiles(...patterns: string[]): string[] {
  return globSync(patterns, { cwd: REPOSITORY, exclude: (name) => name === "node_modules" }).map((file) =>
    path.join(REPOSITORY, file),
  );
}

function count(files: string[], reportFile: string, exitCode: number, output: string): Outcome {
  const report = readReport(reportFile);
  if (report === undefined) return { passed: 0, failed: 1, output: `${output}\nvitest left no report` };
  let [passed, failed] = [0, 0];
  const silent = new Set(files);
  for (const { name, assertionResults } of report.testResults) {
    const ran = assertionResults.filter(({ status }) => status === "passed" || status === "failed");
    if (ran.length > 0) silent.delete(name);
    passed += ran.filter(({ status }) => status === "passed").length;
    failed += ran.filter(({ status }) => status === "failed").length;
  }
  const complaints = [...silent].map((file) => `${path.relative(REPOSITORY, file)} ran no test`);
  failed += silent.size;
  // Something outside of any test, such as an unhandled rejection.
  if (exitCode !== 0 && failed === 0) {
    failed = 1;
    complaints.push(`vitest ended with ${exitCode} although no test failed`);
  }
  return { passed, failed, output: [output, ...complaints].join("\n") };
}

function readReport(file: string) {
  try {
    return Report.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}
