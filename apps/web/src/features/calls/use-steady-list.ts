"use client";
import type { CallSummary } from "@earwitness/shared";
import { type RefObject, useMemo } from "react";
import { useHold } from "../../ui/use-hold.ts";
import { holdSteady, orderOf } from "./hold-steady.ts";

/** The list as it may be shown: steady while a hand is on it, with the number of newer calls that wait meanwhile. */
export function useSteadyList(list: RefObject<HTMLElement | null>, calls: readonly CallSummary[]) {
  const { held, release } = useHold(list, () => orderOf(calls));
  return useMemo(() => {
    const steady = held ? holdSteady(held, calls) : { calls: [...calls], waiting: 0 };
    const isLive = (call: CallSummary) =>
      held?.ids.includes(call.id) ? held.live.has(call.id) : call.state !== "ended";
    return { ...steady, isLive, release };
  }, [held, calls, release]);
}
