import type { DoorResult } from "./bench-door.ts";

/** The result as a person reads it. */
export function describeDoor(result: DoorResult): string {
  return [
    `empty route  ${result.emptyRps} requests/s`,
    `door         ${result.doorRps} notices/s, verified and kept (${result.ratio} of the empty route)`,
    `answer       p50 ${result.p50Ms} ms, p99 ${result.p99Ms} ms over ${result.notices} notices, ${result.concurrency} at a time`,
  ].join("\n");
}
