"use client";
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

/** Nearer to the end than this counts as being there, in pixels: less than a line. */
const AT_END = 24;
const STEERED_BY = ["wheel", "touchmove", "pointerdown", "keydown"] as const;
/** A scroll so soon after a hand or key is the reader's own, not ours. */
const OWN_SCROLL_MS = 400;

/**
 * Keeps the end of a growing region in sight, until the reader scrolls away from it; scrolling back to the end, or `toEnd`,
 * follows again. `grown` is anything that changes when the content does.
 */
export function useFollowEnd(region: RefObject<HTMLElement | null>, grown: unknown) {
  const [follows, setFollows] = useState(true);
  const isFollowing = useRef(true);
  const set = (now: boolean) => {
    isFollowing.current = now;
    setFollows(now);
  };

  function scrollToEnd() {
    if (region.current) region.current.scrollTop = region.current.scrollHeight;
  }

  useLayoutEffect(() => {
    if (isFollowing.current) scrollToEnd();
  }, [grown]);

  useEffect(() => {
    const element = region.current;
    if (!element) return;
    let steeredAt = Number.NEGATIVE_INFINITY;
    const steered = () => {
      steeredAt = performance.now();
    };
    const scrolled = () => {
      const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight <= AT_END;
      if (isAtEnd) set(true);
      else if (performance.now() - steeredAt < OWN_SCROLL_MS) set(false);
    };
    const resized = new ResizeObserver(() => isFollowing.current && scrollToEnd());
    for (const type of STEERED_BY) element.addEventListener(type, steered, { passive: true });
    element.addEventListener("scroll", scrolled, { passive: true });
    resized.observe(element);
    return () => {
      for (const type of STEERED_BY) element.removeEventListener(type, steered);
      element.removeEventListener("scroll", scrolled);
      resized.disconnect();
    };
  }, [region]);

  return {
    follows,
    toEnd: () => {
      set(true);
      scrollToEnd();
    },
  };
}
