import { describe, expect, it } from "vitest";
import { makeScratchFolder } from "../src/stack/scratch-folder.ts";
import { startStack } from "../src/stack/start-stack.ts";
import { WORKERS } from "../src/stack/workers.ts";
import { eventually, useStack } from "./support/use-stack.ts";

describe("the local stack", () => {
  const product = useStack();
  const ask = async (worker: (typeof WORKERS)[number], path: string) =>
    (await fetch(`${product.stack.urls[worker]}${path}`)).status;

  it.each(WORKERS)("has %s alive and ready", async (worker) => {
    expect(await ask(worker, "/health")).toBe(200);
    expect(await ask(worker, "/ready")).toBe(200);
  });

  it("says so while Postgres is away, and recovers by itself", async () => {
    await product.stack.postgres?.stop();
    expect(await ask("api", "/ready")).toBe(503);
    expect(await ask("api", "/health")).toBe(200);
    expect(await ask("webhooks", "/ready")).toBe(200);
    await product.stack.postgres?.start();
    await eventually("the API to be ready", async () => ((await ask("api", "/ready")) === 200 ? true : undefined));
  });

  it("is back on the same addresses after a kill -9 of workerd", async () => {
    await product.stack.killWorkers();
    for (const worker of WORKERS) expect(await ask(worker, "/ready")).toBe(200);
  });

  it("fires the cron handlers of jobs", async () => {
    expect(product.stack.crons.length).toBeGreaterThan(0);
    for (const expression of product.stack.crons) await product.stack.cron(expression);
  });
});

it("does not start on a malformed secret, and names it without showing its value", async () => {
  const scratch = makeScratchFolder("stack-test");
  const said: string[] = [];
  const bindings = { TELNYX_PUBLIC_KEY: "not-a-key-of-theirs" };
  const onLog = (line: string) => said.push(line);
  await expect(startStack({ stateFolder: scratch.path, bindings, onLog })).rejects.toThrow(
    "webhooks worker is not ready",
  );
  await scratch.end();
  expect(said.join("\n")).toContain("TELNYX_PUBLIC_KEY");
  expect(said.join("\n")).not.toContain(bindings.TELNYX_PUBLIC_KEY);
});
