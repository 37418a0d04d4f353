"use client";
import type { PickJobs } from "@earwitness/shared";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { runAgain } from "../../api/ops.ts";

/** Runs dead jobs again, and has the screen read what became of them. */
export function useRunAgain(pick: PickJobs) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => runAgain(pick),
    onSuccess: () =>
      Promise.all([client.invalidateQueries({ queryKey: ["ops"] }), client.invalidateQueries({ queryKey: ["jobs"] })]),
  });
}
