import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { drawPlan, MOST_CALLS } from "../src/faults/plan/draw-plan.ts";
import { nameOfFault } from "../src/faults/plan/fault.ts";
import { faultsOf } from "../src/faults/plan/faults-of.ts";
import { STORM_NAMES } from "../src/faults/plan/storms.ts";
import { runFaults } from "../src/faults/run-faults.ts";
import { startFaultyStack } from "../src/faults/start-faulty-stack.ts";
import { copyWithout } from "../src/faults/without/copy-sources.ts";
import { DEFENCES } from "../src/faults/without/defences.ts";
import { REPOSITORY } from "../src/paths.ts";

/** With these, every kind of blow falls. More are run by hand, see docs/runbooks/faults.md. */
const CALLS = 200;
const SEED = 1_106;

const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(path.join(tmpdir(), "earwitness-fault-rig-test-"));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe("the plan of a run", () => {
  it("is the same for the same seed, and another for another", () => {
    const plan = drawPlan({ seed: SEED, calls: 100, lines: 3 });
    expect(drawPlan({ seed: SEED, calls: 100, lines: 3 })).toEqual(plan);
    expect(drawPlan({ seed: SEED + 1, calls: 100, lines: 3 })).not.toEqual(plan);
  });

  it("is the same with a storm, but for what the storm adds", () => {
    const plan = drawPlan({ seed: SEED, calls: 100, lines: 3 });
    for (const storm of STORM_NAMES) {
      const stormy = drawPlan({ seed: SEED, calls: 100, lines: 3, storm });
      expect(stormy.calls).toEqual(plan.calls);
      expect(stormy.blows).toEqual(expect.arrayContaining([...plan.blows]));
      expect(stormy.blows.length).toBeGreaterThan(plan.blows.length);
    }
  });

  it("has every kind of blow and of fault, and another party for each call", () => {
    const { calls, blows } = drawPlan({ seed: SEED, calls: MOST_CALLS, lines: 3 });
    expect(new Set(calls.map(({ party }) => party)).size).toBe(MOST_CALLS);
    expect(new Set(blows.map(({ blow }) => blow.kind)).size).toBe(9);
    const names = new Set(faultsOf({ calls, blows }).map(nameOfFault));
    for (const vendor of ["telnyx", "assemblyai", "resend"]) {
      for (const effect of ["429", "500", "drop", "delay", "unanswered"])
        expect(names).toContain(`${vendor}.${effect}`);
    }
    for (const effect of ["drop", "delay", "duplicate", "reorder"]) expect(names).toContain(`notice.telnyx.${effect}`);
    for (const effect of ["cut", "expire", "503", "drop", "delay"]) expect(names).toContain(`recording.${effect}`);
  });
});

describe("a defence", () => {
  it.each(DEFENCES)("is where it is taken out of: $name", ({ file, find }) => {
    const source = readFileSync(path.join(REPOSITORY, file), "utf8");
    expect(source.split(find)).toHaveLength(2);
  });

  it("that has moved on is not believed to be taken out", () => {
    const text = { file: "package.json", find: "nobody wrote this", replace: "" };
    const moved = { name: "moved", does: "nothing", ...text, shownBy: { calls: 1, seed: 1 } };
    expect(() => copyWithout(moved, newFolder())).toThrow("cannot be taken out");
  });
});

describe("two hundred calls, while everything around them fails", () => {
  it("leave books that balance", { timeout: 900_000 }, async () => {
    const stack = await startFaultyStack({ stateFolder: newFolder() });
    try {
      const report = await runFaults(stack, { calls: CALLS, seed: SEED, tell: () => {} });
      expect(report.findings).toEqual([]);
      expect(report).toMatchObject({ ok: true, calls: CALLS, lostEvents: 0, uncoveredMs: 0 });
      // Otherwise it proves nothing.
      for (const kind of ["runtime_killed", "database_stopped", "rooms_reset", "notice.telnyx.drop"]) {
        expect(report.injected[kind]).toBeGreaterThan(0);
      }
      expect(report.recordedMs).toBeGreaterThan(CALLS * 500);
    } finally {
      await stack.close();
    }
  });
});
