import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { AuditHeadLine, AuditLine, auditSha256, auditText, BEFORE_THE_FIRST } from "../src/audit/index.ts";

const PAGE = readFileSync(path.join(import.meta.dirname, "../../../docs/audit.md"), "utf8");
const EXAMPLE = (/```jsonl\n([\s\S]+?)\n```/.exec(PAGE)?.[1] ?? "").split("\n");

test("the documentation's example is hashed as it says, by its own words alone", () => {
  const entries = EXAMPLE.slice(0, -1);
  let previous = BEFORE_THE_FIRST;
  for (const line of entries) {
    // The page's own command: sed, tr and sha256sum.
    const withoutHash = line.replace(/(.*)"sha256":"[0-9a-f]{64}",/, "$1");
    const sha256 = createHash("sha256").update(withoutHash, "utf8").digest("hex");
    expect(line).toContain(`"sha256":"${sha256}"`);
    expect(line).toContain(`"previousSha256":"${previous}"`);
    previous = sha256;
  }
  expect(EXAMPLE.at(-1)).toContain(previous);
  for (const [i, sha256] of entries.map((line) => /"sha256":"([0-9a-f]+)",/.exec(line)?.[1]).entries()) {
    const shown = i === 0 ? `# ${sha256}` : `--head ${i + 1}:${sha256}`;
    expect(PAGE).toContain(shown);
  }
});

test("the documentation's example is what we write and hash", async () => {
  for (const text of EXAMPLE.slice(0, -1)) {
    const line = AuditLine.parse(JSON.parse(text));
    expect(auditText(line)).toBe(text);
    expect(await auditSha256(line)).toBe(line.sha256);
  }
  const last = EXAMPLE.at(-1) ?? "";
  expect(auditText(AuditHeadLine.parse(JSON.parse(last)))).toBe(last);
});

test("an entry has one text, in whichever order its keys come and whatever its numbers look like", () => {
  const details = JSON.parse('{"b":1.0,"a":{"ü":1e-7,"€":-0},"\u2028":[10e20,1e21]}');
  const entry = AuditLine.parse({ ...JSON.parse(EXAMPLE[0] ?? ""), details });
  const turned = Object.fromEntries(Object.entries(entry).toReversed());
  expect(auditText(AuditLine.parse(turned))).toBe(auditText(entry));
  expect(auditText(entry)).toContain('"details":{"a":{"ü":1e-7,"€":0},"b":1,"\u2028":[1e+21,1e+21]}');
});
