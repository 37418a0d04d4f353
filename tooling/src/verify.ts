import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { REPOSITORY, STATE_FOLDER } from "./paths.ts";
import { playwrightStep } from "./verify/playwright-step.ts";
import { check, type Step } from "./verify/step.ts";
import { findTestFiles, vitestStep } from "./verify/vitest-step.ts";

/**
 * `pnpm verify`: everything that must hold, in the order of what is quickest to know. What CI runs is what a person runs.
 * Arguments name the steps to run instead of all. Ends with `N passed, N failed`, and with 1 when anything failed.
 */
const REPORTS = path.join(STATE_FOLDER, "reports");
const bin = (name: string) => path.join("node_modules/.bin", name);

const STEPS: Step[] = [
  check("format", bin("biome"), ["format", "."]),
  check("lint", bin("biome"), ["lint", "--error-on-warnings", "."]),
  check("boundaries", bin("biome"), ["lint", "--only=style/noRestrictedImports", "."]),
  check("types", bin("turbo"), ["run", "types", "--output-logs=errors-only", "--no-update-notifier"]),
  vitestStep("unit tests", {
    files: findTestFiles("{packages,workers,apps}/*/test/**/*.test.ts", "bench/test/**/*.test.ts"),
    projects: ["!stack"],
    reportFile: path.join(REPORTS, "unit.json"),
  }),
  check("web build", bin("turbo"), ["run", "build", "--filter=@earwitness/web", "--output-logs=errors-only"]),
  vitestStep("stack tests", {
    files: findTestFiles("tooling/test/**/*.test.ts"),
    projects: ["stack"],
    reportFile: path.join(REPORTS, "stack.json"),
  }),
  playwrightStep("browser tests", {
    config: "tooling/e2e/playwright.config.ts",
    reportFile: path.join(REPORTS, "browser.json"),
  }),
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !STEPS.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(", ")}. There are: ${STEPS.map((step) => step.name).join(", ")}.`);
  process.exit(2);
}

process.chdir(REPOSITORY);
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });

let [passed, failed] = [0, 0];
for (const step of wanted.length > 0 ? STEPS.filter(({ name }) => wanted.includes(name)) : STEPS) {
  console.log(`· ${step.name}`);
  const begun = performance.now();
  const outcome = await step.run();
  passed += outcome.passed;
  failed += outcome.failed;
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  if (outcome.failed > 0) console.log(outcome.output.trimEnd());
  console.log(
    `${outcome.failed > 0 ? "✗" : "✓"} ${step.name}: ${outcome.passed} passed, ${outcome.failed} failed (${seconds} s)`,
  );
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
