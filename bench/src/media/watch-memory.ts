import { processUsage } from "./process-usage.ts";
import { runtimePid } from "./runtime-process.ts";

const MIB = 1024 * 1024;
const LOOK_EVERY_MS = 200;

/** What the runtime holds now, in MiB. */
export function residentMiB(): number {
  return Math.round(processUsage(runtimePid()).residentBytes / MIB);
}

/** Looks at what the runtime holds until it is stopped: `stop` gives the most, in MiB; `soFar` the most since it was last asked. */
export function watchMemory(): { soFar(): number; stop(): number } {
  let [peak, recent] = [0, 0];
  const look = () => {
    const now = residentMiB();
    [peak, recent] = [Math.max(peak, now), Math.max(recent, now)];
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    soFar() {
      const most = recent;
      recent = residentMiB();
      return most;
    },
    stop() {
      clearInterval(timer);
      look();
      return peak;
    },
  };
}
