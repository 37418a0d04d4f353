"use client";
import { type PointerEvent, useEffect, useEffectEvent, useRef } from "react";

/** Held for this long, a press needs no question any more. */
const HELD_MS = 600;

/**
 * A press that asks first, unless it is held: `onPress` for a short one, `onHeld` once it has been held for 600 ms. It is given
 * by the pointer on the element that carries `handlers`, and by ⌘⇧. (Ctrl+Shift+. elsewhere) on the whole page.
 */
export function useHeldPress(onPress: () => void, onHeld: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const begin = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      timer.current = undefined;
      onHeld();
    }, HELD_MS);
  };
  /** Says whether the press was let go before it counted as held. */
  const letGo = () => {
    const wasShort = timer.current !== undefined;
    clearTimeout(timer.current);
    timer.current = undefined;
    return wasShort;
  };

  const beginByKey = useEffectEvent(begin);
  const endByKey = useEffectEvent(() => {
    if (letGo()) onPress();
  });
  useEffect(() => {
    let isDown = false;
    const down = (event: KeyboardEvent) => {
      if (event.code !== "Period" || !event.shiftKey || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      if (event.repeat || isDown) return;
      isDown = true;
      beginByKey();
    };
    // Whichever of the three is let go first ends it: a Mac tells nothing of other keys while ⌘ is down.
    const up = () => {
      if (isDown) endByKey();
      isDown = false;
    };
    document.addEventListener("keydown", down);
    document.addEventListener("keyup", up);
    return () => {
      clearTimeout(timer.current);
      document.removeEventListener("keydown", down);
      document.removeEventListener("keyup", up);
    };
  }, []);

  const wasHeld = useRef(false);
  return {
    onPointerDown: ({ button }: PointerEvent) => {
      wasHeld.current = false;
      if (button === 0) begin();
    },
    onPointerUp: ({ button }: PointerEvent) => {
      // Nothing runs any more where it was held to the end.
      if (button === 0) wasHeld.current = !letGo();
    },
    onPointerLeave: () => void letGo(),
    onPointerCancel: () => void letGo(),
    onClick: () => {
      // A click without a pointer, by enter or space, was never held.
      if (!wasHeld.current) onPress();
      wasHeld.current = false;
    },
  };
}
