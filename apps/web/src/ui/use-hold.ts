"use client";
import { type RefObject, useCallback, useEffect, useEffectEvent, useState } from "react";

/** A hand that has not moved for this long has let go: a screen on a wall must not wait for the mouse that lies on it. */
const LET_GO_MS = 3_000;

/**
 * What `take` gave when a hand, a wheel or a key came upon the element, for as long as it stays there; null while none is. So
 * a list can keep still under the pointer.
 */
export function useHold<Held>(
  region: RefObject<HTMLElement | null>,
  take: () => Held,
): { held: Held | null; release: () => void } {
  const [held, setHeld] = useState<Held | null>(null);
  const hold = useEffectEvent(() => setHeld((now) => now ?? take()));

  useEffect(() => {
    const element = region.current;
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
  }, [region]);

  const release = useCallback(() => setHeld(null), []);
  return { held, release };
}
