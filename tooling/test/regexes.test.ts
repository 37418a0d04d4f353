import { readFileSync } from "node:fs";
import path from "node:path";
import * as shared from "@earwitness/shared";
import { parse } from "acorn";
import { simple } from "acorn-walk";
import { transformSync } from "esbuild";
import { check } from "recheck";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { REPOSITORY } from "../src/paths.ts";
import { findTestFiles } from "../src/verify/vitest-step.ts";

/** What reads input of others. */
const SOURCES = findTestFiles("packages/{shared,core,db,providers}/src/**/*.ts", "workers/*/src/**/*.ts");
/** It is decided by automata and by search, not by a clock: a limit on the search alone. */
const SEARCH_LIMIT_MS = 30_000;

interface Found {
  readonly source: string;
  readonly flags: string;
  readonly where: string;
}

/** Every regular expression that is written in the sources. */
function literals(): Found[] {
  return SOURCES.flatMap((file) => {
    const { code } = transformSync(readFileSync(file, "utf8"), {
      loader: "ts",
      target: "esnext",
    });
    const found: Found[] = [];
    simple(parse(code, { ecmaVersion: "latest", sourceType: "module" }), {
      Literal: ({ regex }) => {
        if (regex != null)
          found.push({ source: regex.pattern, flags: regex.flags, where: path.relative(REPOSITORY, file) });
      },
    });
    return found;
  });
}

/** Every pattern of the contracts, zod's own for e-mails, instants and the like among them. */
function patterns(): Found[] {
  expect(Object.keys(shared).length).toBeGreaterThan(0);
  const text = JSON.stringify(z.toJSONSchema(z.globalRegistry, { unrepresentable: "any", io: "input" }));
  return [...text.matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(([, pattern = '""']) => ({
    source: String(JSON.parse(pattern)),
    flags: "u",
    where: "a contract",
  }));
}

async function verdictOf({ source, flags }: Found): Promise<string> {
  const { status } = await check(source, flags, { timeout: SEARCH_LIMIT_MS });
  return status;
}

describe("regular expressions on input of others", () => {
  it("take time in proportion to it, whoever wrote it", { timeout: 600_000 }, async () => {
    const all = [...literals(), ...patterns()];
    expect(all.length).toBeGreaterThan(60);
    const unique = [...new Map(all.map((found) => [`/${found.source}/${found.flags}`, found])).values()];
    const slow: string[] = [];
    for (const found of unique) {
      const status = await verdictOf(found);
      if (status !== "safe") slow.push(`${status} /${found.source}/${found.flags} of ${found.where}`);
    }
    expect(slow).toEqual([]);
  });

  it("are told from those that do not", async () => {
    expect(await verdictOf({ source: "^(a+)+$", flags: "", where: "here" })).toBe("vulnerable");
  });
});
