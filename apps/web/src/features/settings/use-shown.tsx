"use client";
import { type ReactNode, useState } from "react";
import { Button } from "../../ui/button.tsx";

/** So many of a list are drawn at once; more are asked for by hand. */
const SHOWN_AT_ONCE = 50;

/** The first rows of a list, and the button that shows the next ones; null where all fit at once. */
export function useShown<Item>(items: readonly Item[]): { shown: readonly Item[]; more: ReactNode } {
  const [count, setCount] = useState(SHOWN_AT_ONCE);
  const left = items.length - count;
  const more =
    left > 0 ? (
      <p>
        <Button look="line" size="sm" onClick={() => setCount(count + SHOWN_AT_ONCE)}>
          Show {Math.min(left, SHOWN_AT_ONCE)} more of {items.length}
        </Button>
      </p>
    ) : count > SHOWN_AT_ONCE ? (
      <p className="quiet small" tabIndex={-1} ref={takeFocus}>
        All {items.length} are shown.
      </p>
    ) : null;
  return { shown: items.slice(0, count), more };
}

/** The button that had focus is gone: what stands in its place takes it, so that the keyboard goes on from here. */
function takeFocus(element: HTMLElement | null) {
  element?.focus({ preventScroll: true });
}
