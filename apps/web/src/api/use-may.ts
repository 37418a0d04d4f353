"use client";
import type { Action } from "@earwitness/shared";
import { useQuery } from "@tanstack/react-query";
import { meQuery } from "./queries.ts";

/**
 * Whether who is signed in may do something here, as the server said: `may("calls:place")`. False until it has said so. What a
 * role never may is not shown at all; what only waits for something is shown, disabled, with its reason beside it.
 */
export function useMay(): (action: Action) => boolean {
  const allowed = useQuery(meQuery).data?.may;
  return (action) => allowed?.includes(action) ?? false;
}
