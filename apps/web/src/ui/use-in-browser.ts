"use client";
import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False in the page as it was prerendered and while React takes it over, true from then on. */
export function useInBrowser(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
