import { describe, expect, it, vi } from "vitest";
import { reloader } from "../src/stack/reloader.ts";

describe("reloading workers", () => {
  it("loads all that changed together in one go", async () => {
    const load = vi.fn(async () => {});
    const heard: unknown[] = [];
    const changed = reloader(load, (...news) => heard.push(news));
    for (const worker of ["api", "jobs", "api"] as const) changed(worker, []);
    await expect.poll(() => heard).toEqual([["api", []], ["jobs", []]]); // biome-ignore format: one line is one piece of news
    expect(load).toHaveBeenCalledTimes(1);
  });

  it("says what does not build without loading it, and what does not start without dying of it", async () => {
    const load = vi.fn(async () => Promise.reject(new Error("workerd says no")));
    const heard: unknown[] = [];
    const changed = reloader(load, (...news) => heard.push(news));
    changed("rooms", ["index.ts:1 Unexpected end of file"]);
    expect(load).not.toHaveBeenCalled();
    changed("rooms", []);
    await expect
      .poll(() => heard)
      .toEqual([
        ["rooms", ["index.ts:1 Unexpected end of file"]],
        ["rooms", ["workerd says no"]],
      ]);
  });

  it("does not lose a change that comes while another one loads", async () => {
    let finish: () => void = () => {};
    const load = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    const heard: string[] = [];
    const changed = reloader(load, (worker) => heard.push(worker));
    changed("api", []);
    await expect.poll(() => load).toHaveBeenCalledTimes(1);
    changed("jobs", []);
    finish();
    await expect.poll(() => load).toHaveBeenCalledTimes(2);
    finish();
    await expect.poll(() => heard).toEqual(["api", "jobs"]);
  });
});
