"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { errorMessage } from "../../api/api-error.ts";
import { counted } from "../../format/size.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";

export interface DismissDialogProps {
  count: number;
  /** One of what is dismissed: `dead job`. */
  what: string;
  dismiss: () => Promise<unknown>;
  onClose: () => void;
  /** What is lost by it, and what is kept. */
  children: ReactNode;
}

/** Asks before what is dead leaves the screen without having done what it was for. */
export default function DismissDialog({ count, what, dismiss, onClose, children }: DismissDialogProps) {
  const client = useQueryClient();
  const dismissing = useMutation({
    mutationFn: dismiss,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["ops"] });
      onClose();
    },
  });
  return (
    <Dialog
      title={`Dismiss ${counted(count, what)}?`}
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
      <p className="second">{children}</p>
      {dismissing.isError && (
        <Notice tone="bad" role="alert">
          Nothing was dismissed. {errorMessage(dismissing.error)}
        </Notice>
      )}
    </Dialog>
  );
}
