import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { BUDGET_BYTES, firstLoads, overBudget } from "../scripts/first-load.ts";
import { addressOf, contentSecurityPolicy, headersFile } from "../scripts/headers.ts";
import { redirectsFile } from "../scripts/redirects.ts";

const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const page = (inline: string) => `<html><script src="/a.js" async></script><script>${inline}</script></html>`;

test("a policy names the page's inline scripts by their hashes, and allows no other", () => {
  const policy = contentSecurityPolicy(page('self.x=1;"</b>"'));
  expect(policy).toContain(`script-src 'self' ${hash('self.x=1;"</b>"')};`);
  expect(policy).not.toContain("unsafe-inline");
});

test("each page replaces the policy that every unknown address gets", () => {
  const text = headersFile([
    { file: "404.html", html: page("none") },
    { file: "calls.html", html: page("list") },
    { file: "calls/_.html", html: page("call") },
  ]);
  const rules = new Map(text.split("\n\n").map((rule) => [rule.split("\n")[0], rule]));
  expect(rules.get("/*")).toContain(hash("none"));
  expect(rules.get("/calls")).toMatch(/^ {2}! Content-Security-Policy\n {2}Content-Security-Policy: .*$/m);
  expect(rules.get("/calls")).toContain(hash("list"));
  expect(rules.get("/calls/:callId")).toContain(hash("call"));
});

test("pages that are reached with a secret in the address tell nobody of it", () => {
  const text = headersFile([
    { file: "404.html", html: page("none") },
    { file: "login/confirm.html", html: page("confirm") },
    { file: "invitation.html", html: page("invitation") },
  ]);
  for (const address of ["/login/confirm", "/invitation"]) {
    const rule = text.split("\n\n").find((each) => each.startsWith(`${address}\n`));
    expect(rule).toContain("Referrer-Policy: no-referrer");
    expect(rule).toContain("Cache-Control: no-store");
  }
});

test("more rules than Pages reads, or a line that it would cut, end the build", () => {
  const many = Array.from({ length: 100 }, (_, i) => ({ file: `p${i}.html`, html: page(String(i)) }));
  expect(() => headersFile([{ file: "404.html", html: page("none") }, ...many])).toThrow(/rules/);
  const scripts = Array.from({ length: 40 }, (_, i) => `<script>${i}</script>`).join("");
  expect(() => headersFile([{ file: "404.html", html: scripts }])).toThrow(/longer/);
});

test("a file's address is what a browser asks for", () => {
  expect(["index.html", "calls.html", "calls/_.html", "login/confirm.html"].map(addressOf)).toEqual([
    "/",
    "/calls",
    "/calls/:callId",
    "/login/confirm",
  ]);
});

test("the list's own data is told from what looks like an id", () => {
  const rules = redirectsFile().split("\n");
  const own = rules.indexOf("/calls/__next.:rest /calls/__next.:rest 200");
  const any = rules.indexOf("/calls/:callId /calls/_ 200");
  expect(own).toBeGreaterThan(-1);
  expect(any).toBeGreaterThan(own);
});

test("a page over the budget is found, and scripts for old browsers do not count", async () => {
  const out = await mkdtemp(path.join(tmpdir(), "first-load-"));
  try {
    await mkdir(path.join(out, "js"));
    const noise = createHash("shake256", { outputLength: BUDGET_BYTES + 1_000 })
      .update("noise")
      .digest();
    await writeFile(path.join(out, "js/big.js"), noise);
    await writeFile(path.join(out, "js/small.js"), "1");
    await writeFile(
      path.join(out, "small.html"),
      '<script src="/js/small.js"></script><script noModule="" src="/js/big.js"></script>',
    );
    await writeFile(
      path.join(out, "big.html"),
      '<script src="/js/small.js"></script><script src="/js/big.js"></script>',
    );
    const loads = await firstLoads(out);
    expect(overBudget(loads).map(({ page }) => page)).toEqual(["big.html"]);
    expect(loads.find(({ page }) => page === "small.html")?.bytes).toBeLessThan(50);
  } finally {
    await rm(out, { recursive: true });
  }
});
