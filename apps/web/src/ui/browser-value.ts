"use client";
import { useSyncExternalStore } from "react";

const subscribe = (tell: () => void) => {
  window.addEventListener("hashchange", tell);
  return () => window.removeEventListener("hashchange", tell);
};

/** A text that only the browser knows, such as a part of the address; null in the page as it was prerendered. */
export function useBrowserValue(read: () => string): string | null {
  return useSyncExternalStore(subscribe, read, () => null);
}
