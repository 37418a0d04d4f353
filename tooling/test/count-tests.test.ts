import path from "node:path";
import { describe, expect, it } from "vitest";
import { countTests } from "../src/verify/vitest-step.ts";

const file = path.join(import.meta.dirname, "../../packages/a/test/a.test.ts");
const results = (...statuses: string[]) => ({
  testResults: [{ name: file, assertionResults: statuses.map((status) => ({ status })) }],
});
const run = { files: [file], exitCode: 0, output: "" };

describe("counting tests", () => {
  it("counts each test", () => {
    expect(countTests({ ...run, exitCode: 1, report: results("passed", "failed", "passed") })).toMatchObject({
      passed: 2,
      failed: 1,
    });
  });

  it.each([
    ["has no test", results()],
    ["only has skipped ones", results("skipped", "todo")],
    ["is not in the report", { testResults: [] }],
  ])("fails for a file that %s", (_, report) => {
    expect(countTests({ ...run, report })).toMatchObject({ passed: 0, failed: 1 });
    expect(countTests({ ...run, report }).output).toContain("packages/a/test/a.test.ts ran no test");
  });

  it("fails when vitest broke outside of its tests, or left no report", () => {
    expect(countTests({ ...run, exitCode: 1, report: results("passed") })).toMatchObject({ passed: 1, failed: 1 });
    expect(countTests({ ...run, exitCode: 1, report: undefined })).toMatchObject({ passed: 0, failed: 1 });
  });
});
