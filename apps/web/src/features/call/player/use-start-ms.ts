"use client";
import { useSearchParams } from "next/navigation";

/** The moment in the recording that the page's address names (`?at=` milliseconds); null where it names none. */
export function useStartMs(): number | null {
  const at = useSearchParams().get("at");
  return at !== null && /^\d{1,9}$/.test(at) ? Number(at) : null;
}
