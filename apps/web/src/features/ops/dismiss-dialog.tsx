"use client";
import type { DeadGroupView } from "@earwitness/shared";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { errorMessage } from "../../api/api-error.ts";
import { dismissJobs } from "../../api/ops.ts";
import { counted } from "../../format/size.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { jobName } from "./work-words.ts";

/** Asks before dead jobs leave the screen without having done what they were for. */
export default function DismissDialog({ group, onClose }: { group: DeadGroupView; onClose: () => void }) {
  const client = useQueryClient();
  const { kind, code, count } = group;
  const dismissing = useMutation({
    mutationFn: () => dismissJobs({ kind, code }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["ops"] });
      onClose();
    },
  });
  return (
    <Dialog
      title={`Dismiss ${counted(count, "dead job")}?`}
      onClose={onClose}
      insists
      foot={
        <>
          <Button onClick={onClose}>Keep {count > 1 ? "them" : "it"}</Button>
          <Button look="bad" busy={dismissing.isPending} onClick={() => dismissing.mutate()}>
            Dismiss
          </Button>
        </>
      }
    >
      <p className="second">
        {jobName(kind)}: what {count > 1 ? "they were" : "it was"} for stays undone. The attempts and their causes are
        kept for 90 days.
      </p>
      {dismissing.isError && (
        <Notice tone="bad" role="alert">
          Nothing was dismissed. {errorMessage(dismissing.error)}
        </Notice>
      )}
    </Dialog>
  );
}
