"use client";
import { useState } from "react";

/** News comes at once of what somebody asked for; of what follows by itself the screen asks this often. */
const ASKED_EVERY_MS = 10_000;

/** What the screen's queries are given: asked again by the clock and by news, or, paused, not at all. */
export interface Updating {
  readonly enabled: boolean;
  readonly refetchInterval: number | false;
}

/** Whether the screen brings itself up to date, and the switch for it. */
export function useUpdates(): { updating: Updating; isPaused: boolean; setPaused: (isPaused: boolean) => void } {
  const [isPaused, setPaused] = useState(false);
  const updating = { enabled: !isPaused, refetchInterval: isPaused ? (false as const) : ASKED_EVERY_MS };
  return { updating, isPaused, setPaused };
}
