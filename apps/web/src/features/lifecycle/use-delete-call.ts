"use client";
import type { CallView } from "@earwitness/shared";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { deleteCall } from "../../api/lifecycle.ts";
import { tellDeleted } from "./deleted-call.ts";

/** Puts a call into the trash and goes back to the list, where it can be undone. */
export function useDeleteCall({ id }: Pick<CallView, "id">, contact: string) {
  const client = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: () => deleteCall(id),
    onSuccess: async () => {
      tellDeleted({ callId: id, contact });
      router.push("/calls");
      client.removeQueries({ queryKey: ["call", id] });
      await Promise.all(["calls", "trash"].map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
}
