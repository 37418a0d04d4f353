"use client";
import type { JobsRunAgain, PickJobs } from "@earwitness/shared";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { runAgain } from "../../api/ops.ts";
import { counted } from "../../format/size.ts";

/** Runs dead jobs again, and has the screen read what became of them. */
export function useRunAgain(pick: PickJobs) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => runAgain(pick),
    onSuccess: () =>
      Promise.all([client.invalidateQueries({ queryKey: ["ops"] }), client.invalidateQueries({ queryKey: ["jobs"] })]),
  });
}

/** What stays dead of what was to be run again, and why; null where nothing does. */
export function refusedWords(done: JobsRunAgain | undefined): string | null {
  const [first, ...others] = done?.refused ?? [];
  if (first === undefined) return null;
  return `${counted(1 + others.length, "job")} cannot be run again: ${first.reason}`;
}
