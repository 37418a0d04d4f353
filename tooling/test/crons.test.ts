import { CRON_CATALOGUE } from "@earwitness/core";
import { CronName } from "@earwitness/shared";
import { Cron } from "croner";
import { describe, expect, it } from "vitest";
import { cronExpressions } from "../src/stack/worker-options.ts";

const timesOf = (schedule: string) =>
  new Cron(schedule, { timezone: "UTC", paused: true }).nextRuns(9).map((time) => time.getTime());

describe("the triggers of the jobs worker", () => {
  it("are the schedules of the catalogue, each once", async () => {
    const schedules = new Set(Object.values(CRON_CATALOGUE).map(({ schedule }) => schedule));
    expect([...(await cronExpressions())].sort()).toEqual([...schedules].sort());
  });

  it.each(CronName.options)("wake %s as often as its lateness is measured by", (name) => {
    const { schedule, everyMs } = CRON_CATALOGUE[name];
    const times = timesOf(schedule);
    const waits = times.slice(1).map((time, n) => time - (times[n] ?? 0));
    expect(Math.max(...waits)).toBe(everyMs);
  });
});
