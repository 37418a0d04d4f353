"use client";
import { useSyncExternalStore } from "react";

const subscribe = (changed: () => void) => {
  // A moment later: the router writes the address while React may not be told of anything.
  const tell = () => queueMicrotask(changed);
  // A link of the router's changes the address by `pushState`, of which only the Navigation API tells.
  const steps = "navigation" in window ? window.navigation : null;
  window.addEventListener("hashchange", tell);
  steps?.addEventListener("currententrychange", tell);
  return () => {
    window.removeEventListener("hashchange", tell);
    steps?.removeEventListener("currententrychange", tell);
  };
};

/** A text that only the browser knows, such as a part of the address; null in the page as it was prerendered. */
export function useBrowserValue(read: () => string): string | null {
  return useSyncExternalStore(subscribe, read, () => null);
}
