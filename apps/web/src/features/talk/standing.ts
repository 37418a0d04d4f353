import type { LiveCallState } from "@earwitness/shared";
import { clock } from "../../format/time.ts";

/** What keeps a call from going on as usual, in a line: `On hold 2:10, recording paused`; null when nothing does. */
export function standing({ held, paused, muted }: LiveCallState, now: number): string | null {
  const since = (at: string) => clock(Math.max(0, now - Date.parse(at)));
  const parts = [
    ...(held ? [`on hold ${since(held.at)}`] : []),
    ...(muted ? [`our side muted ${since(muted.at)}`] : []),
    ...(paused ? [held || muted ? "recording paused" : `recording paused ${since(paused.at)}`] : []),
  ];
  const line = parts.join(", ");
  return line === "" ? null : line.charAt(0).toUpperCase() + line.slice(1);
}
