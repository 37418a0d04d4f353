import type { CronResult } from "@earwitness/core";
import type { CronName } from "@earwitness/shared";
import type { Services } from "../services.ts";

/** A scheduled work; its schedule is in core's catalogue. Safe to run twice at once. */
export interface Cron {
  readonly name: CronName;
  /** Does it, and tells what was found and done, as counts. `asOf` is when the run was due. */
  run(services: Services, asOf: Date): Promise<CronResult>;
}
