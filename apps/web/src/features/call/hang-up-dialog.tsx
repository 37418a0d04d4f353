"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { PhoneOff } from "lucide-react";
import { errorMessage } from "../../api/api-error.ts";
import { hangUp } from "../../api/commands.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Notice } from "../../ui/notice.tsx";

/** Asks before a call is ended: two people may be speaking. */
export default function HangUpDialog({
  callId,
  contact,
  onClose,
}: {
  callId: string;
  contact: string;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const ending = useMutation({
    mutationFn: () => hangUp(callId),
    onSuccess: async () => {
      onClose();
      await client.invalidateQueries({ queryKey: ["call", callId] });
    },
  });
  return (
    <Dialog
      title="Hang up this call?"
      onClose={onClose}
      insists
      foot={
        <>
          <Button onClick={onClose}>Stay on the line</Button>
          <Button look="bad" busy={ending.isPending} onClick={() => ending.mutate()}>
            {!ending.isPending && <Icon of={PhoneOff} small />}
            {ending.isPending ? "Hanging up" : "Hang up"}
          </Button>
        </>
      }
    >
      <p className="second">
        The line to <span className="phone">{contact}</span> closes for both sides. What was recorded until then is
        kept.
      </p>
      {ending.isError && (
        <Notice tone="bad" role="alert">
          The line is still open. {errorMessage(ending.error)}
        </Notice>
      )}
    </Dialog>
  );
}
