"use client";
import type { HoldView } from "@earwitness/shared";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { errorMessage } from "../../api/api-error.ts";
import { releaseHold } from "../../api/lifecycle.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";

/** Asks before what was kept may be deleted again. */
export default function ReleaseDialog({ hold, onClose }: { hold: HoldView; onClose: () => void }) {
  const client = useQueryClient();
  const releasing = useMutation({
    mutationFn: () => releaseHold(hold.id),
    onSuccess: async () => {
      const stale = ["holds", "retention", "trash", "call"];
      await Promise.all(stale.map((each) => client.invalidateQueries({ queryKey: [each] })));
      onClose();
    },
  });
  return (
    <Dialog
      title="Release this hold?"
      onClose={onClose}
      insists
      foot={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="bad" busy={releasing.isPending} onClick={() => releasing.mutate()}>
            Release
          </Button>
        </>
      }
    >
      <p className="second">
        “{hold.reason}”. What is past its days goes with the next run of the schedule, unless another hold keeps it.
      </p>
      {releasing.isError && (
        <Notice tone="bad" role="alert">
          It is still held. {errorMessage(releasing.error)}
        </Notice>
      )}
    </Dialog>
  );
}
