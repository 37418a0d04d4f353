import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";

const REPOSITORY = path.join(import.meta.dirname, "../..");

/** A file as someone might write it, and whether the linter must refuse its import. */
const CASES: [file: string, source: string, verdict: "refused" | "allowed"][] = [
  ["packages/shared/src/a.ts", 'import { x } from "@earwitness/core";', "refused"],
  ["packages/shared/src/b.ts", 'import { x } from "../ids.ts";', "allowed"],
  ["packages/core/src/call/a.ts", 'import { x } from "@earwitness/shared";', "allowed"],
  ["packages/core/src/call/b.ts", 'import { x } from "@earwitness/db";', "refused"],
  ["packages/core/src/call/c.ts", 'import { x } from "../../../db/src/index.ts";', "refused"],
  ["packages/core/src/call/d.ts", 'import { x } from "@earwitness/shared/src/ids.ts";', "refused"],
  ["packages/core/src/call/e.ts", 'import { x } from "node:fs";', "refused"],
  ["packages/core/src/call/f.ts", 'export * from "@earwitness/providers";', "refused"],
  ["packages/core/src/call/g.ts", 'const x = await import("@earwitness/providers");', "refused"],
  ["packages/core/src/call/h.ts", 'import type { x } from "@earwitness/db";', "refused"],
  ["packages/core/test/a.test.ts", 'import { x } from "../src/index.ts";', "allowed"],
  ["packages/core/test/b.test.ts", 'import { x } from "../../db/src/index.ts";', "refused"],
  ["packages/core/test/c.test.ts", 'import { x } from "@earwitness/testing";', "allowed"],
  ["packages/providers/src/a.ts", 'import { x } from "@earwitness/core";', "allowed"],
  ["packages/providers/src/b.ts", 'import { x } from "@earwitness/emulators";', "refused"],
  ["packages/providers/test/b.test.ts", 'import { x } from "@earwitness/emulators";', "allowed"],
  ["packages/db/src/a.ts", 'import { x } from "@earwitness/providers";', "refused"],
  ["packages/emulators/src/a.ts", 'import { x } from "@earwitness/shared";', "refused"],
  ["packages/emulators/test/a.test.ts", 'import { x } from "@earwitness/testing";', "refused"],
  ["workers/api/src/a.ts", 'import { x } from "@earwitness/db";', "allowed"],
  ["workers/api/src/b.ts", 'import { x } from "@earwitness/worker-jobs";', "refused"],
  ["workers/api/src/c.ts", 'import { x } from "@earwitness/testing";', "refused"],
  ["workers/api/src/d.ts", 'import { x } from "../../jobs/src/index.ts";', "refused"],
  ["workers/rooms/src/a.ts", 'import { x } from "@earwitness/db";', "refused"],
  ["workers/webhooks/src/a.ts", 'import { x } from "pg";', "refused"],
  ["apps/web/src/a.ts", 'import { x } from "@earwitness/shared";', "allowed"],
  ["apps/web/src/b.ts", 'import { x } from "@earwitness/core";', "refused"],
  ["tooling/src/a.ts", 'import { x } from "@earwitness/testing";', "refused"],
  ["tooling/src/b.ts", 'import { x } from "@earwitness/core";', "refused"],
  ["tooling/src/replay/a.ts", 'import { x } from "@earwitness/db/node";', "allowed"],
  ["tooling/src/replay/b.ts", 'import { x } from "@earwitness/providers";', "refused"],
];

const Config = z.object({ overrides: z.array(z.object({ includes: z.array(z.string()) })) });
const Report = z.object({
  diagnostics: z.array(z.object({ category: z.string(), location: z.object({ path: z.string() }) })),
});

describe("the import arrows", () => {
  let folder: string;
  const refused = new Set<string>();

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "earwitness-boundaries-"));
    copyFileSync(path.join(REPOSITORY, "biome.json"), path.join(folder, "biome.json"));
    for (const [file, source] of CASES) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), `${source}\n`);
    }
    const biome = path.join(REPOSITORY, "node_modules/.bin/biome");
    const options = [
      "--only=style/noRestrictedImports",
      "--vcs-enabled=false",
      "--max-diagnostics=none",
      "--reporter=json",
    ];
    const { stdout } = spawnSync(biome, ["lint", ...options, "."], { cwd: folder, encoding: "utf8" });
    for (const { category, location } of Report.parse(JSON.parse(stdout)).diagnostics) {
      if (category === "lint/style/noRestrictedImports") refused.add(location.path);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(CASES)("%s: %s is %s", (file, _source, verdict) => {
    expect(refused.has(file) ? "refused" : "allowed").toBe(verdict);
  });

  it("are drawn for every package that there is", () => {
    const manifests = execFileSync("git", ["ls-files", "--", "*/package.json"], { cwd: REPOSITORY, encoding: "utf8" });
    const { overrides } = Config.parse(JSON.parse(readFileSync(path.join(REPOSITORY, "biome.json"), "utf8")));
    const drawn = new Set(
      overrides.flatMap(({ includes }) => includes).map((pattern) => pattern.replace(/(\/src|\/e2e)?\/\*\*$/, "")),
    );
    const packages = manifests
      .trim()
      .split("\n")
      .map((file) => path.dirname(file));
    expect(packages.filter((name) => !drawn.has(name))).toEqual([]);
  });
});
