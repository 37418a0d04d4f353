"use client";
import type { CallSummary } from "@earwitness/shared";
import { type RefObject, useEffect, useEffectEvent, useMemo, useState } from "react";
import { type HeldOrder, holdSteady, orderOf } from "./hold-steady.ts";

/** A hand that has not moved for this long has let go: a screen on a wall must not wait for the mouse that lies on it. */
const LET_GO_MS = 3_000;

/** The list as it may be shown: steady while a hand is on it, with the number of newer calls that wait meanwhile. */
export function useSteadyList(list: RefObject<HTMLElement | null>, calls: readonly CallSummary[]) {
  const [held, setHeld] = useState<HeldOrder | null>(null);
  const hold = useEffectEvent(() => setHeld((now) => now ?? orderOf(calls)));

  useEffect(() => {
    const element = list.current;
    if (!element) return;
    let letGo: ReturnType<typeof setTimeout> | undefined;
    const touch = () => {
      hold();
      clearTimeout(letGo);
      letGo = setTimeout(() => setHeld(null), LET_GO_MS);
    };
    const leave = () => {
      clearTimeout(letGo);
      setHeld(null);
    };
    const touches = ["pointermove", "pointerdown", "wheel", "keydown"] as const;
    for (const type of touches) element.addEventListener(type, touch, { passive: true });
    element.addEventListener("pointerleave", leave);
    return () => {
      clearTimeout(letGo);
      for (const type of touches) element.removeEventListener(type, touch);
      element.removeEventListener("pointerleave", leave);
    };
  }, [list]);

  return useMemo(() => {
    const steady = held ? holdSteady(held, calls) : { calls: [...calls], waiting: 0 };
    const isLive = (call: CallSummary) =>
      held?.ids.includes(call.id) ? held.live.has(call.id) : call.state !== "ended";
    return { ...steady, isLive, release: () => setHeld(null) };
  }, [held, calls]);
}
