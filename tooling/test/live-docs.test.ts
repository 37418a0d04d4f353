import { readFileSync } from "node:fs";
import path from "node:path";
import { CallFrame, LIVE_CLOSE, LiveAction, LiveFrame } from "@earwitness/shared";
import { expect, it } from "vitest";
import { livePage } from "../src/docs/live-page.ts";
import { REPOSITORY } from "../src/paths.ts";

const page = readFileSync(path.join(REPOSITORY, "docs/live.md"), "utf8");

it("docs/live.md is what `pnpm docs:live` makes of the contracts", () => {
  expect(page).toBe(livePage());
});

it("docs/live.md tells of every frame, every action and every close code", () => {
  for (const frame of [...CallFrame.options, ...LiveFrame.options])
    expect(page).toContain(`### \`${frame.shape.type.value}\``);
  for (const action of LiveAction.options) expect(page).toContain(`### \`${action.shape.action.value}\``);
  for (const code of Object.values(LIVE_CLOSE)) expect(page).toContain(`| ${code} |`);
});
