"use client";
import { useStoredChoice } from "../../ui/stored-choice.ts";

export const SCHEMES = ["system", "light", "dark"] as const;
export type Scheme = (typeof SCHEMES)[number];

/** The colour scheme: the system's, or the one that was chosen. `scheme.js` sets it before the first paint. */
export function useScheme(): [Scheme, (scheme: Scheme) => void] {
  const [scheme, keep] = useStoredChoice("scheme", SCHEMES);
  const choose = (next: Scheme) => {
    keep(next);
    if (next === "system") delete document.documentElement.dataset.scheme;
    else document.documentElement.dataset.scheme = next;
  };
  return [scheme, choose];
}
